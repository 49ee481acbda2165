package dev.weft.gateway.webhook;

import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.id.Ids;
import dev.weft.common.service.PlatformWork;
import dev.weft.gateway.body.CallBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Makes the message of a call: {@link CallBodies} turns the body into one JSON object, and {@link KickOff} writes the
 * frame that {@link HookDelivery} publishes. For a GET the query is the body, whatever else the call contains (api-v2
 * 11.5).
 */
final class HookMessages {

    /** Of the memory that a body may need: above it, to read it takes many milliseconds. */
    private static final long LARGE = 1 << 20;

    private final CallBodies bodies;
    private final KickOff kickOff;
    private final Ids ids;

    HookMessages(CallBodies bodies, KickOff kickOff, Ids ids) {
        this.bodies = bodies;
        this.kickOff = kickOff;
        this.ids = ids;
    }

    /** The id of an execution that a call is about to begin. */
    String newExecution() {
        return ids.nextExecution();
    }

    /** @param cost of {@link #cost} */
    HookMessage of(String execution, HttpServletRequest request, HookCall call, HookDoor door, byte[] sent, long cost) {
        return cost > LARGE
                ? PlatformWork.call("large-body", () -> read(execution, request, call, door, sent))
                : read(execution, request, call, door, sent);
    }

    private HookMessage read(String execution, HttpServletRequest request, HookCall call, HookDoor door, byte[] sent) {
        var query = CallBodies.query(request.getQueryString());
        var body = request.getMethod().equals("GET")
                ? bodies.ofQuery(query)
                : bodies.read(sent, request.getContentType(), codings(request), door.raw());
        var id = ids.nextUuid();
        return new HookMessage(id, execution, kickOff.frame(id, execution, request, call, door, query, body));
    }

    /** The memory that {@link #of} may need; what is not read is of no type. */
    static long cost(HttpServletRequest request, byte[] sent) {
        return sent.length == 0 || request.getMethod().equals("GET")
                ? 0
                : CallBodies.cost(sent.length, request.getContentType(), codings(request));
    }

    private static @Nullable String codings(HttpServletRequest request) {
        var named = Collections.list(request.getHeaders("Content-Encoding"));
        return named.isEmpty() ? null : String.join(",", named);
    }
}
