package dev.weft.common.event;

import java.util.Locale;

/**
 * Every fact that one service tells the others; its wire name is the {@code type} of the {@link DomainEvent} and the
 * routing key on {@code weft.events}. Publishers, receivers and payloads are in {@code docs/events.md}.
 */
public enum Fact {
    AUDIT_RECORDED,
    TENANT_CREATED,
    TENANT_UPDATED,
    TENANT_DELETED,
    ROLE_CHANGED,
    USER_DELETED,
    KEY_CHANGED,
    ACCESS_HEARTBEAT,
    ACCESS_CHANGED,
    MEMBERSHIP_CHANGED,
    CONTRACT_BACKLOG,
    CONTRACT_SUSPENDING,
    CONTRACT_UNSUSPENDED,
    CONTRACT_DELETING,
    CONTRACT_DELETED,
    WORKSPACE_CREATED,
    WORKSPACE_UPDATED,
    WORKSPACE_DELETING,
    WORKSPACE_DELETED,
    DELETION_ACKNOWLEDGED,
    QUOTA_CHANGED,
    CREDENTIAL_UPDATED,
    CREDENTIAL_DELETED,
    EXECUTION_ENDED,
    FLOW_PUBLISHED,
    FLOW_DELETED,
    FLOW_STOPPED_AS_LIMITED,
    FLOW_STATE_CHANGED,
    FLOW_BACKLOG,
    FLOWS_STOPPED_FOR_CONTRACT,
    RUN_CHANGED,
    RUN_LOAD_ASKED,
    RUN_LOAD_COUNTED,
    WEBHOOK_DOOR_CHANGED;

    /** {@code flow.state-changed}: the first word is what it is about, the rest what happened. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
    }

    /** Whether a newer one about the same subject says all that matters: who has not heard the older one need not. */
    public boolean isReplacedByNewer() {
        return this == FLOW_STATE_CHANGED || this == RUN_CHANGED || this == WEBHOOK_DOOR_CHANGED;
    }
}
