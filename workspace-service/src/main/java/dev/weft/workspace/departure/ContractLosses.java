package dev.weft.workspace.departure;

import dev.weft.workspace.contract.ContractFacts;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.ContractStatus;
import dev.weft.workspace.home.DefaultContracts;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.membership.MembershipSubject;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * A deleted user leaves the contracts (api-v2 4.5). Where nobody is left the contract is deleted, but for the tenant's
 * default contract: other API families stand on it, and it may be without members (api-v2 4.1).
 */
@Service
final class ContractLosses {

    private final ContractRepository contracts;
    private final MembershipFacts members;
    private final ContractFacts facts;

    ContractLosses(ContractRepository contracts, MembershipFacts members, ContractFacts facts) {
        this.contracts = contracts;
        this.members = members;
        this.facts = facts;
    }

    /** May be called again for the same user: the second time no membership is found. */
    public void leaveAll(String userId, String actorId) {
        for (var id : contracts.ofMember(userId)) {
            contracts.changeIfThere(id, current -> without(current, userId, actorId));
        }
    }

    private ChangedContract without(Contract current, String userId, String actorId) {
        var left = current.members().afterLossOf(userId);
        // The id and not the name, which a tenant may change.
        if (left.all().isEmpty() && !current.id().equals(DefaultContracts.idOf(current.tenantId()))) {
            return new ChangedContract(
                    current.with(left).with(ContractStatus.DELETING), facts.deleting(current, actorId));
        }
        var subject = MembershipSubject.contract(current.id(), current.tenantId(), current.revision() + 1);
        Optional<String> heir = current.members().heirOf(userId, userId).or(() -> left.heirOf(userId, userId));
        return new ChangedContract(current.with(left), members.ended(subject, actorId, userId, heir));
    }
}
