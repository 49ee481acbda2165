package dev.weft.workspace.policy;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * How identity-service removes roles: first they are given to nobody any more, then it is looked who has them. A role that
 * is being given at this moment counts as one that somebody has.
 */
@Service
class RetirementService {

    /** Longer than identity-service takes to decide; what it decided is asked for when a retirement has run out. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final RoleMarks marks;
    private final CurrentPolicies policies;
    private final ContractRepository contracts;
    private final WorkspaceRepository workspaces;
    private final Clock clock;

    RetirementService(
            RoleMarks marks,
            CurrentPolicies policies,
            ContractRepository contracts,
            WorkspaceRepository workspaces,
            Clock clock) {
        this.marks = marks;
        this.policies = policies;
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /** The roles among these that are in use; if there are such, none is retired. May be repeated. */
    @OpenToAll("asked by identity-service, which has checked who may change the policy")
    Set<RoleName> begin(Caller caller, String tenantId, String token, Set<RoleName> roles) {
        requireService(caller);
        var now = clock.instant();
        var mark = new RoleMarks.Mark(token, roles, now.plus(LONGEST));
        if (!policies.ensure(tenantId, 0) || !marks.beginRetirement(tenantId, mark)) {
            throw Problem.notFound("tenant", tenantId).exception();
        }
        var used = new HashSet<RoleName>();
        marks.find(tenantId, now)
                .ifPresent(state -> used.addAll(RoleMarks.among(
                        state.gifts().stream().filter(gift -> gift.holds(now)).toList(), roles)));
        // After the gifts: one that has ended since is found where it was stored.
        used.addAll(contracts.rolesInUse(tenantId, roles));
        used.addAll(workspaces.rolesInUse(tenantId, roles));
        if (!used.isEmpty()) {
            marks.endRetirement(tenantId, token);
        }
        return Set.copyOf(used);
    }

    @OpenToAll("asked by identity-service, which keeps the roles")
    void end(Caller caller, String tenantId, String token) {
        requireService(caller);
        marks.endRetirement(tenantId, token);
    }

    private static void requireService(Caller caller) {
        if (!caller.isService()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only services may do this.")
                    .exception();
        }
    }
}
