package dev.weft.workspace.credential;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.util.List;

/** The refusals of this feature. */
final class CredentialProblem {

    private CredentialProblem() {}

    static Problem unknown(String id) {
        return Problem.notFound("credential", id);
    }

    static Problem unknownWorkspace(String id) {
        return Problem.notFound("workspace", id).atReference("workspace");
    }

    static Problem unknownComponent(String id) {
        return Problem.notFound("component", id).atReference("component");
    }

    static Problem unusable() {
        return Problem.of(ProblemCode.FORBIDDEN, "The component can not be used in this workspace.")
                .atReference("component");
    }

    static Problem inUse(List<String> flowIds) {
        return Problem.of(ProblemCode.IN_USE, "Flows use this credential.").with("flow_ids", flowIds);
    }

    static Problem changedByMany() {
        return Problem.of(ProblemCode.CONFLICT, "The credential is being changed by many at once.");
    }

    static Problem forServicesOnly() {
        return Problem.of(ProblemCode.FORBIDDEN, "Only services may read the values of a credential here.");
    }
}
