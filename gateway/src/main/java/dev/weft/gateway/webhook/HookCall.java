package dev.weft.gateway.webhook;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.limit.RetryLater;
import org.jspecify.annotations.Nullable;

/**
 * The address of a call: {@code /hook/{flow}} or {@code /hook/{flow}/{rest}}.
 *
 * @param rest raw, with its slash ({@code /orders/7}); null when there is none
 */
record HookCall(String flow, @Nullable String rest) {

    private static final int FLOW = "/hook/".length();

    static HookCall of(String path) {
        // The server brings "/hook" here too, and what only becomes this path when it is decoded.
        if (!path.startsWith("/hook/")) {
            throw unknown();
        }
        var slash = path.indexOf('/', FLOW);
        var flow = slash < 0 ? path.substring(FLOW) : path.substring(FLOW, slash);
        var rest = slash < 0 || slash == path.length() - 1 ? null : path.substring(slash);
        if (!Ids.isEntity(flow)) {
            throw unknown();
        }
        return new HookCall(flow, rest);
    }

    static RuntimeException starting() {
        return againInAMoment("The flow is starting.");
    }

    /** Nobody can say at the moment whether the flow is about to run. */
    static RuntimeException untold() {
        return againInAMoment("Whether the flow is starting can not be told at the moment.");
    }

    /** The call was let in, or read, by what the flow asked for before. */
    static RuntimeException changed() {
        return againInAMoment("The flow has just been changed.");
    }

    private static RuntimeException againInAMoment(String why) {
        return new RetryLater(Problem.of(ProblemCode.UNAVAILABLE, why), 1).exception();
    }

    static RuntimeException unknown() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no active flow with a webhook at this address.")
                .exception();
    }
}
