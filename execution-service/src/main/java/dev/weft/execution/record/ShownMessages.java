package dev.weft.execution.record;

import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.message.StepMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The messages of one delivery as its record shows them, each written once, since a step's output is the next one's
 * input. A body above 64 KiB is shown as {@code {"$truncated":true,"bytes":n}} (api-v2 11.7), and so are headers, and
 * everything after the first 32 MiB.
 */
public final class ShownMessages {

    private static final int LARGEST = 64 * 1024;
    /** Of all messages of a delivery together: what comes after is marked, as what is too large by itself. */
    private static final long MOST = 32 * 1024 * 1024;

    private static final byte[] BODY = "{\"body\":".getBytes(StandardCharsets.US_ASCII);

    /** @param truncated whether a part was too large to be shown */
    public record Shown(Payload payload, boolean truncated) {}

    private final MessageCodec codec;
    private final Map<Parts, Shown> known = new HashMap<>();
    private long total;
    private @Nullable Object written;
    private byte @Nullable [] body;

    public ShownMessages(MessageCodec codec) {
        this.codec = codec;
    }

    public Shown of(StepMessage message) {
        var parts = new Parts(message.body(), message.headers(), message.attachments());
        var shown = known.get(parts);
        if (shown == null) {
            shown = shown(message);
            known.put(parts, shown);
        }
        return shown;
    }

    private Shown shown(StepMessage message) {
        try {
            // Body and headers may each just fit, and so come to twice the limit together.
            if (total < MOST - 2 * LARGEST
                    && JsonSize.fits(message.body(), LARGEST)
                    && JsonSize.fits(message.headers(), LARGEST)) {
                var payload = new Payload(write(message));
                total += payload.json().length;
                return new Shown(payload, false);
            }
            var body = JsonSize.of(message.body());
            var headers = JsonSize.of(message.headers());
            total += Math.min(body, LARGEST) + Math.min(headers, LARGEST);
            if (total > MOST) {
                return new Shown(Payload.leftOut(body), true);
            }
            var cut = new StepMessage(
                    body <= LARGEST ? message.body() : mark(body),
                    headers <= LARGEST ? message.headers() : mark(headers),
                    message.attachments(),
                    Map.of(),
                    Map.of());
            return new Shown(new Payload(codec.show(cut.shown())), body > LARGEST || headers > LARGEST);
        } catch (JacksonException | StackOverflowError e) {
            // It can not be written as JSON, so no step with a queue of its own will get it either.
            return new Shown(
                    new Payload(codec.show(
                            StepMessage.of(Map.of("$truncated", true)).shown())),
                    true);
        }
    }

    /** {@code {"body",..,"headers",..}}. The body is nearly all of it, and a trigger hands it on as it came: written once. */
    private byte[] write(StepMessage message) {
        if (body == null || message.body() != written) {
            body = codec.show(message.body());
            written = message.body();
        }
        var rest = message.shown();
        rest.remove("body");
        var others = codec.show(rest);
        var json = ByteBuffer.allocate(BODY.length + body.length + others.length);
        // The comma replaces the opening brace of the second object.
        json.put(BODY).put(body).put((byte) ',').put(others, 1, others.length - 1);
        return json.array();
    }

    private static Map<String, Object> mark(long bytes) {
        return Map.of("$truncated", true, "bytes", bytes);
    }

    /** The parts of a message, compared by identity: comparing their content would cost as much as writing them. */
    private record Parts(@Nullable Object body, Object headers, Object attachments) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Parts parts
                    && parts.body == body
                    && parts.headers == headers
                    && parts.attachments == attachments;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(body) * 31 + System.identityHashCode(headers);
        }
    }
}
