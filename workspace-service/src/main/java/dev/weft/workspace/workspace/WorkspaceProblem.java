package dev.weft.workspace.workspace;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.util.List;

/** The refusals of this feature. */
public final class WorkspaceProblem {

    private WorkspaceProblem() {}

    public static Problem unknown(String id) {
        return Problem.notFound("workspace", id);
    }

    static Problem unknownContract(String id) {
        return Problem.notFound("contract", id);
    }

    public static Problem noMember(String userId) {
        return Problem.notFound("member", userId);
    }

    public static Problem notInContract() {
        return Problem.of(ProblemCode.VALIDATION_FAILED, "The user is not a member of the contract.")
                .atId();
    }

    static Problem usesUnlisted(List<String> componentIds) {
        return Problem.of(
                        ProblemCode.INVALID_STATE,
                        "Flows of the workspace use components that are not whitelisted for its contract.")
                .at("type")
                .with("component_ids", componentIds);
    }

    public static Problem sharesNothing() {
        return Problem.of(ProblemCode.FORBIDDEN, "You share no workspace with this member.");
    }
}
