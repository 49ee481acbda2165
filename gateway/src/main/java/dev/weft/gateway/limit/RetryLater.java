package dev.weft.gateway.limit;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemException;

/** A refusal that says when to come again. The wait travels in the problem's meta until the edge makes a header of it. */
public record RetryLater(Problem problem, long seconds) {

    /** The member of meta that becomes the Retry-After header, in seconds. */
    public static final String META = "retry_after";

    public ProblemException exception() {
        return problem.with(META, seconds).exception();
    }
}
