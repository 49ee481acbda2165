package dev.weft.workspace.contractrecord;

import dev.weft.workspace.membership.StoredMember;
import dev.weft.workspace.permission.ContractStanding;
import java.util.List;

/** The part of a contract that decides what a user may do. */
record StoredStanding(String tenant, String status, List<StoredMember> members) {

    ContractStanding of(String contractId, String userId) {
        var member = members.stream().filter(one -> one.user().equals(userId)).findFirst();
        return new ContractStanding(
                contractId,
                tenant,
                status,
                member.isPresent(),
                member.map(StoredMember::roles).orElse(List.of()));
    }
}
