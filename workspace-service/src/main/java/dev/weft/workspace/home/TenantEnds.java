package dev.weft.workspace.home;

import dev.weft.workspace.contract.ContractFacts;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.ContractStatus;
import dev.weft.workspace.policy.CurrentPolicies;
import org.springframework.stereotype.Service;

/** What a tenant has here goes with it: contracts are deleted like any other, the copy of its policy is forgotten. */
@Service
final class TenantEnds {

    private final ContractRepository contracts;
    private final ContractFacts facts;
    private final CurrentPolicies policies;

    TenantEnds(ContractRepository contracts, ContractFacts facts, CurrentPolicies policies) {
        this.contracts = contracts;
        this.facts = facts;
        this.policies = policies;
    }

    /** May be called again: the second time nothing is found. */
    void end(String tenantId, String actorId) {
        for (var some = contracts.someOf(tenantId); !some.isEmpty(); some = contracts.someOf(tenantId)) {
            for (var id : some) {
                contracts.changeIfThere(
                        id,
                        contract -> new ChangedContract(
                                contract.with(ContractStatus.DELETING), facts.deleting(contract, actorId)));
            }
        }
        policies.forget(tenantId);
    }
}
