package dev.weft.gateway.webhook;

import dev.weft.common.id.Ids;
import dev.weft.gateway.webhook.door.DoorRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The address of a call: {@code /hook/{flow}} or {@code /hook/{flow}/{rest}}.
 *
 * @param rest raw, with its slash ({@code /orders/7}); null when there is none
 */
record HookCall(String flow, @Nullable String rest) {

    private static final int FLOW = "/hook/".length();

    static HookCall of(String path) {
        // The server also sends "/hook" here, and paths that only become /hook/.. by decoding.
        if (!path.startsWith("/hook/")) {
            throw DoorRefusal.unknown();
        }
        var slash = path.indexOf('/', FLOW);
        var flow = slash < 0 ? path.substring(FLOW) : path.substring(FLOW, slash);
        var rest = slash < 0 || slash == path.length() - 1 ? null : path.substring(slash);
        if (!Ids.isEntity(flow)) {
            throw DoorRefusal.unknown();
        }
        return new HookCall(flow, rest);
    }
}
