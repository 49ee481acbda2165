package dev.weft.common.broker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a fact or command: usually the body, or a header if an {@link AlarmLane} sent it. */
public final class EventBody {

    static final String HEADER = "x-weft-body";

    private EventBody() {}

    public static byte[] of(@Nullable Map<String, ? extends @Nullable Object> headers, byte[] body) {
        return body.length == 0 && headers != null && headers.get(HEADER) instanceof byte[] carried ? carried : body;
    }
}
