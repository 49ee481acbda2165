package dev.weft.common.broker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the bytes of a fact or command are: usually in the body, and in a header when an {@link AlarmLane} sent it. */
public final class EventBody {

    static final String HEADER = "x-weft-body";

    private EventBody() {}

    public static byte[] of(@Nullable Map<String, ? extends @Nullable Object> headers, byte[] body) {
        return body.length == 0 && headers != null && headers.get(HEADER) instanceof byte[] carried ? carried : body;
    }
}
