package dev.weft.workspace.deletion;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_DELETE;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.contract.ContractFacts;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.ContractStatus;
import dev.weft.workspace.home.DefaultContracts;
import java.time.Clock;
import org.springframework.stereotype.Service;

/** Deleting a contract (api-v2 5.4): all of it is invisible when this returns, and goes by the fact. */
@Service
class ContractDeletionService {

    private final ContractRepository contracts;
    private final DeletingPlaces places;
    private final ContractUses uses;
    private final ContractFacts facts;
    private final AccessClient access;
    private final Clock clock;

    ContractDeletionService(
            ContractRepository contracts,
            DeletingPlaces places,
            ContractUses uses,
            ContractFacts facts,
            AccessClient access,
            Clock clock) {
        this.contracts = contracts;
        this.places = places;
        this.uses = uses;
        this.facts = facts;
        this.access = access;
        this.clock = clock;
    }

    void delete(Caller caller, String id) {
        // Reading, since a suspended contract can be deleted, and require refuses in one.
        access.requireToRead(caller, CONTRACTS_CONTRACT_DELETE, new Scope.Contract(id));
        var contract = contracts
                .find(id)
                .orElseThrow(() -> Problem.notFound("contract", id).exception());
        if (id.equals(DefaultContracts.idOf(contract.tenantId()))) {
            throw Problem.of(
                            ProblemCode.INVALID_STATE,
                            "The default contract goes with its tenant: other APIs stand on it.")
                    .exception();
        }
        // Asked once, before. A flow that comes to use a component afterwards does not find it: its contract is
        // invisible.
        var flows = uses.flowsOfOthers(caller, id);
        if (!flows.isEmpty()) {
            throw Problem.of(ProblemCode.IN_USE, "Flows of other contracts use components of this one.")
                    .with("flow_ids", flows)
                    .exception();
        }
        contracts.change(
                id,
                current -> new ChangedContract(
                        current.with(ContractStatus.DELETING), facts.deleting(current, caller.id())));
        // Each workspace is told of by the cascade; but no list may show it any more when this is answered.
        places.hideWorkspacesOf(id, clock.instant());
    }
}
