package dev.weft.workspace.contract;

import dev.weft.common.access.Caller;
import dev.weft.workspace.contractrecord.ContractChange;
import dev.weft.workspace.memberprofile.MemberProfiles;

/** The support users that requests name. */
record SupportUsers(MemberProfiles profiles) {

    /** A user whom the tenant does not have is a fault of the request, told together with its others. */
    void check(Caller caller, String tenantId, ContractChange wish) {
        var userId = wish.supportUserId();
        if (userId != null && profiles.find(caller, tenantId, userId).isEmpty()) {
            wish.faults().add(ContractProblem.unknownSupportUser());
        }
    }

    /**
     * Who is named as support user after having left another contract is not deleted for that, unless it is too late.
     */
    boolean isGone(Caller caller, ContractChange wish) {
        var userId = wish.supportUserId();
        return userId != null && profiles.joined(caller, userId).isEmpty();
    }
}
