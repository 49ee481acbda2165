package dev.weft.gateway.webhook;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The address of a call: {@code /hook/{flow}} or {@code /hook/{flow}/{rest}}.
 *
 * @param rest raw, with its slash ({@code /orders/7}); null when there is none
 */
record HookCall(String flow, @Nullable String rest) {

    private static final int FLOW = "/hook/".length();

    static HookCall of(String path) {
        var slash = path.indexOf('/', FLOW);
        var flow = slash < 0 ? path.substring(FLOW) : path.substring(FLOW, slash);
        var rest = slash < 0 || slash == path.length() - 1 ? null : path.substring(slash);
        if (!Ids.isEntity(flow)) {
            throw unknown();
        }
        return new HookCall(flow, rest);
    }

    static RuntimeException unknown() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no active flow with a webhook at this address.")
                .exception();
    }
}
