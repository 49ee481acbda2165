package dev.weft.workspace.departure;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.contractrecord.ContractRepository;
import org.springframework.stereotype.Service;

/** Which users contracts count on. */
@Service
class ContractTiesService {

    private final ContractRepository contracts;

    ContractTiesService(ContractRepository contracts) {
        this.contracts = contracts;
    }

    /** Whether the user is a member of a contract of any tenant, or named as who supports one; for services. */
    @OpenToAll("answers services only, and nothing but yes or no")
    boolean hold(Caller caller, String userId) {
        if (!caller.isService()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only services may ask this.")
                    .exception();
        }
        return contracts.hold(userId);
    }
}
