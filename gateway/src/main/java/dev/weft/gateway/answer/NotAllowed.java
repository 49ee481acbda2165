package dev.weft.gateway.answer;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;

/**
 * A refusal of a method (405), which must name the allowed ones. They travel in the problem's meta until
 * {@link Refusals} writes them into the Allow header.
 *
 * @param allow the value of the Allow header
 */
public record NotAllowed(String method, String allow) {

    /** The member of meta that becomes the Allow header. */
    static final String META = "allow";

    public ProblemException exception() {
        return Problem.of(ProblemCode.METHOD_NOT_ALLOWED, method + " is not possible here; what is: " + allow + ".")
                .with(META, allow)
                .exception();
    }
}
