package dev.weft.workspace.suspension;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_SUSPEND;
import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_UNSUSPEND;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.workspace.contract.ContractFacts;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.ContractStatus;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Suspending a contract and lifting that (api-v2 5.3). From the moment of acceptance nothing can be written in it; it is
 * {@code suspended} when all its flows have stopped.
 */
@Service
class ContractSuspensionService {

    private final ContractRepository contracts;
    private final ContractFacts facts;
    private final AccessClient access;

    ContractSuspensionService(ContractRepository contracts, ContractFacts facts, AccessClient access) {
        this.contracts = contracts;
        this.facts = facts;
        this.access = access;
    }

    /** Without effect on a contract that is being suspended, or is. */
    void suspend(Caller caller, String id) {
        // Reading, since a second suspension must be accepted (api-v2 5.3), and require refuses in a suspended
        // contract.
        access.requireToRead(caller, CONTRACTS_CONTRACT_SUSPEND, new Scope.Contract(id));
        contracts.change(
                id,
                contract -> contract.isActive()
                        ? new ChangedContract(contract.suspend(), facts.suspending(contract, caller.id()))
                        : unchanged(contract));
    }

    /** Without effect on an active contract; ends a suspension that is still under way. */
    void unsuspend(Caller caller, String id) {
        // Reading: this is the one change that a suspended contract exists to allow.
        access.requireToRead(caller, CONTRACTS_CONTRACT_UNSUSPEND, new Scope.Contract(id));
        contracts.change(
                id,
                contract -> contract.isActive()
                        ? unchanged(contract)
                        : new ChangedContract(
                                contract.with(ContractStatus.ACTIVE), facts.unsuspended(contract, caller.id())));
    }

    /**
     * The last flow has stopped.
     *
     * @param suspension the one it stopped for; when that was lifted meanwhile, nothing happens
     */
    @OpenToAll("the end of a suspension that was permitted")
    void finish(String id, long suspension) {
        if (contracts.find(id).isEmpty()) {
            return;
        }
        contracts.change(
                id,
                // The flows of an earlier suspension may report their end when it was lifted and another has begun.
                contract -> contract.status() == ContractStatus.SUSPENDING && contract.suspension() == suspension
                        ? new ChangedContract(contract.with(ContractStatus.SUSPENDED), facts.suspended(contract))
                        : unchanged(contract));
    }

    private static ChangedContract unchanged(Contract contract) {
        return new ChangedContract(contract, List.of());
    }
}
