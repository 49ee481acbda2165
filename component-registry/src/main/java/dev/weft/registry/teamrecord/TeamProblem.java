package dev.weft.registry.teamrecord;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;

/** The refusals of this feature. */
public final class TeamProblem {

    private TeamProblem() {}

    public static Problem unknown(String id) {
        return Problem.notFound("team", id);
    }

    public static Problem unknownContract(String id) {
        return Problem.notFound("contract", id).atReference("contract");
    }

    public static Problem nameTaken(String name) {
        return Problem.of(ProblemCode.ALREADY_EXISTS, "There is a team " + name + " already.")
                .at("name");
    }

    public static Problem notInContract() {
        return Problem.of(ProblemCode.VALIDATION_FAILED, "The user is not a member of the contract.")
                .atId();
    }

    public static Problem noMember(String userId) {
        return Problem.notFound("member", userId);
    }

    public static Problem changedByMany() {
        return Problem.of(ProblemCode.CONFLICT, "The team is being changed by many at once.");
    }
}
