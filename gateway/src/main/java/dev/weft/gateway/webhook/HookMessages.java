package dev.weft.gateway.webhook;

import dev.weft.common.id.Ids;
import jakarta.servlet.http.HttpServletRequest;

/** Makes messages of calls; the body of a GET is its query, whatever else it brings (api-v2 11.5). */
final class HookMessages {

    private final HookBody bodies;
    private final KickOff kickOff;
    private final Ids ids;

    HookMessages(HookBody bodies, KickOff kickOff, Ids ids) {
        this.bodies = bodies;
        this.kickOff = kickOff;
        this.ids = ids;
    }

    HookMessage of(HttpServletRequest request, HookCall call, HookDoor door, byte[] body) {
        var query = FormPairs.parse(request.getQueryString());
        var object = request.getMethod().equals("GET")
                ? bodies.ofQuery(query)
                : bodies.parse(body, request.getContentType(), door.raw());
        var id = ids.nextUuid();
        return new HookMessage(id, ids.nextExecution(), kickOff.frame(id, request, call, door, query, object));
    }
}
