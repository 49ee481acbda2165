package dev.weft.workspace.membership;

import dev.weft.common.outbox.Outbox;

/** Whose membership it is. */
public record MembershipSubject(String scope, String id, String tenantId, String contractId, long version) {

    public static MembershipSubject contract(String id, String tenantId, long version) {
        return new MembershipSubject("contract", id, tenantId, id, version);
    }

    public static MembershipSubject workspace(String id, String tenantId, String contractId, long version) {
        return new MembershipSubject("workspace", id, tenantId, contractId, version);
    }

    Outbox.Place place() {
        return new Outbox.Place(tenantId, contractId, scope.equals("workspace") ? id : null);
    }
}
