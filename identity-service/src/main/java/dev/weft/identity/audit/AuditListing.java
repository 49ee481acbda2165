package dev.weft.identity.audit;

import dev.weft.common.access.Caller;
import dev.weft.common.audit.AuditAction;
import dev.weft.common.audit.AuditActions;
import dev.weft.common.audit.AuditOutcome;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The query of the trail: {@code ?contract_id=..&action=flow.start&outcome=refused&from=2026-01-01T00:00:00.000Z}. */
record AuditListing(ListQuery query, AuditActions actions) {

    static final ListQuery.Rules RULES = ListQuery.Rules.paged(50);

    @Nullable
    String contractId() {
        return query.optionalId("contract_id").orElse(null);
    }

    /** 400 when it asks for what there can not be. */
    AuditFilter filter(Caller caller) {
        return new AuditFilter(
                caller.tenantId() == null ? query.optionalId("tenant_id").orElse(null) : caller.tenantId(),
                contractId(),
                query.optionalId("workspace_id").orElse(null),
                identified("user_id"),
                identified("object_id"),
                action(),
                outcome(),
                instant("from"),
                instant("to"));
    }

    /** By whatever names actors and objects: machine keys and quotas have identifiers of their own form. */
    private @Nullable String identified(String parameter) {
        var id = query.first(parameter).orElse(null);
        if (id != null && !AuditAction.isId(id)) {
            throw Problem.parameter(parameter, id + " is not an identifier.").exception();
        }
        return id;
    }

    private @Nullable String action() {
        var action = query.first("action").orElse(null);
        if (action != null && !actions.knows(action)) {
            throw Problem.parameter("action", "Nothing is recorded under " + action + ".")
                    .exception();
        }
        return action;
    }

    private @Nullable AuditOutcome outcome() {
        var outcome = query.first("outcome").orElse(null);
        return outcome == null
                ? null
                : AuditOutcome.find(outcome)
                        .orElseThrow(
                                () -> Problem.parameter("outcome", "An outcome is one of succeeded, refused, failed.")
                                        .exception());
    }

    private @Nullable Instant instant(String name) {
        var text = query.first(name).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            // As the trail keeps it, in milliseconds: of those, the furthest years have too many.
            return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw Problem.parameter(name, name + " must be an ISO instant.").exception();
        }
    }
}
