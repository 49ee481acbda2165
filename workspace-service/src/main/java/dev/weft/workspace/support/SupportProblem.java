package dev.weft.workspace.support;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;

/** The refusals of this feature. */
final class SupportProblem {

    private SupportProblem() {}

    static Problem nobodySupports() {
        return Problem.of(ProblemCode.INVALID_STATE, "Neither the contract nor the tenant has a support user.");
    }

    static Problem noMember() {
        return Problem.of(ProblemCode.NOT_FOUND, "The support user is not a member of the workspace.");
    }

    static Problem lastOwnerOfContract() {
        return Problem.of(
                ProblemCode.INVALID_STATE,
                "The support user is in no other workspace of the contract, and is its last owner.");
    }

    static Problem comesAndGoes() {
        return Problem.of(ProblemCode.CONFLICT, "Support access is being granted and revoked at once.");
    }
}
