package dev.weft.identity.account;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;

/** The refusals of accounts. */
final class MeshAccountProblem {

    private static final String NAME = "account_name";

    private MeshAccountProblem() {}

    static Problem unknownTenant(String id) {
        return Problem.notFound("tenant", id);
    }

    static Problem unknownClient(String publicKey) {
        return Problem.notFound("client", publicKey);
    }

    static Problem namedAlready(String name) {
        return Problem.of(ProblemCode.INVALID_STATE, "The account has the name " + name + ", which stays.")
                .at(NAME);
    }

    static Problem nameTaken() {
        return Problem.of(ProblemCode.ALREADY_EXISTS, "Another account has this name.")
                .at(NAME);
    }

    static Problem full() {
        return Problem.of(ProblemCode.INVALID_STATE, "An account may have " + MeshAccount.MOST_CLIENTS + " clients.");
    }

    static Problem changedByMany() {
        return Problem.of(ProblemCode.CONFLICT, "The account is being changed by many at once.");
    }
}
