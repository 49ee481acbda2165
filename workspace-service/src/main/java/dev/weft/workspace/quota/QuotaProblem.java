package dev.weft.workspace.quota;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;

/** The refusals of quotas. */
public final class QuotaProblem {

    private QuotaProblem() {}

    static Problem unknownType(String type) {
        return Problem.notFound("quota", type);
    }

    static Problem unknownContext(String context) {
        return Problem.notFound("quota of the context", context);
    }

    static Problem tooNarrow(QuotaType type) {
        return Problem.parameter("context", "The quota " + type.wire() + " is not counted for something that small.");
    }

    public static Problem exceeded(QuotaType type, long limit) {
        return Problem.of(ProblemCode.QUOTA_EXCEEDED, "The quota " + type.wire() + " of " + limit + " is used up.")
                .with("quota", type.wire())
                .with("limit", limit);
    }
}
