package dev.weft.workspace.contract;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.permission.RoleName;
import java.util.List;

/** The refusals of this feature. */
public final class ContractProblem {

    private ContractProblem() {}

    public static Problem unknown(String id) {
        return Problem.notFound("contract", id);
    }

    static Problem unknownTenant(String id) {
        return Problem.notFound("tenant", id).atReference("tenant");
    }

    public static Problem unknownUser(String id) {
        return Problem.notFound("user", id).atId();
    }

    static Problem unknownSupportUser() {
        return Problem.invalid("support_user_id", "The tenant has no such user.");
    }

    static Problem roleGone(RoleName role) {
        return Problem.invalid(
                "available_roles", "The tenant has no role " + role.role() + " of " + role.scope() + ".");
    }

    static Problem roleInUse(RoleName role) {
        return Problem.of(
                        ProblemCode.IN_USE,
                        "A member has the role " + role.role() + " of " + role.scope()
                                + ", which the new list does not have.")
                .at("available_roles");
    }

    public static Problem roleDropped(String role) {
        return Problem.invalid("roles", "The role " + role + " can not be given here.");
    }

    public static Problem ownsWorkspaces(List<String> workspaceIds) {
        return Problem.of(ProblemCode.INVALID_STATE, "The member is the last owner of workspaces of the contract.")
                .with("workspace_ids", workspaceIds);
    }
}
