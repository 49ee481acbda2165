package dev.weft.gateway.limit;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemException;

/** A refusal with a Retry-After. The wait travels in the problem's meta until the edge writes the header. */
public record RetryLater(Problem problem, long seconds) {

    /** The member of meta that becomes the Retry-After header, in seconds. */
    public static final String META = "retry_after";

    public ProblemException exception() {
        return problem.with(META, seconds).exception();
    }
}
