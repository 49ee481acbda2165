package dev.weft.registry.team;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;

/** The refusals of this feature. */
final class TeamProblem {

    private TeamProblem() {}

    static Problem unknown(String id) {
        return Problem.notFound("team", id);
    }

    static Problem unknownContract(String id) {
        return Problem.notFound("contract", id).at(TeamRequest.CONTRACT);
    }

    static Problem nameTaken(String name) {
        return Problem.of(ProblemCode.ALREADY_EXISTS, "There is a team " + name + " already.")
                .at("/data/attributes/name");
    }

    static Problem notInContract() {
        return Problem.invalid("/data/id", "The user is not a member of the contract.");
    }

    static Problem noMember(String userId) {
        return Problem.notFound("member", userId);
    }

    static Problem changedByMany() {
        return Problem.of(ProblemCode.CONFLICT, "The team is being changed by many at once.");
    }
}
