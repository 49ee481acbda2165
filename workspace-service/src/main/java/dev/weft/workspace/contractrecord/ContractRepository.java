package dev.weft.workspace.contractrecord;

import dev.weft.common.event.Outgoing;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.permission.ContractStandings;
import dev.weft.workspace.permission.RoleName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contracts. One under deletion is found by no method. */
public interface ContractRepository extends ContractStandings {

    int ATTEMPTS = 30;

    Optional<Contract> find(String id);

    FoundContracts list(ContractFilter filter, int skip, int size);

    /** False when there is a contract of that id already. */
    boolean insert(Contract contract);

    /** Takes back what was inserted just now. */
    void remove(String id);

    /** Saves what was decided on {@code contract.revision()}; false when someone was faster. Facts are out on return. */
    boolean save(Contract contract, List<Outgoing> facts);

    /** Ids of the contracts whose flows are not known to have stopped. */
    List<String> suspending();

    /** Whether the two users are members of one contract. */
    boolean isShared(String userId, String otherId);

    /** Whether the user is a member of a contract, or the support user of one. */
    boolean hold(String userId);

    /** Whether the user is an owner of a contract of the tenant; of any tenant when that is null. */
    boolean isOwnerOfAny(@Nullable String tenantId, String userId);

    /** Ids of the contracts that the user is a member of. */
    List<String> ofMember(String userId);

    /** Those of the roles that a member of a contract of the tenant has, or a contract names as available. */
    Set<RoleName> rolesInUse(String tenantId, Set<RoleName> roles);

    /** Ids of some of the tenant's contracts. */
    List<String> someOf(String tenantId);

    /** Decides on the contract as it is and saves; decides again when someone was faster. */
    default Contract change(String id, Function<Contract, ChangedContract> decision) {
        return changeIfThere(id, decision)
                .orElseThrow(() -> Problem.notFound("contract", id).exception());
    }

    /** As {@link #change}; empty when the contract is gone. */
    default Optional<Contract> changeIfThere(String id, Function<Contract, ChangedContract> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var contract = find(id);
            if (contract.isEmpty()) {
                return contract;
            }
            var changed = decision.apply(contract.get());
            if (save(changed.contract(), changed.facts())) {
                return Optional.of(changed.contract().next());
            }
        }
        throw Problem.of(ProblemCode.CONFLICT, "The contract is being changed by many at once.")
                .exception();
    }
}
