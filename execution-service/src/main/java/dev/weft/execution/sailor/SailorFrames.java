package dev.weft.execution.sailor;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.queue.Deaths;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.wire.FlowAnswer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads the frames of sailors of all versions in use. */
@Service
public class SailorFrames {

    /** What a sailor publishes about a message that it has been given (sailor-runtime 9 to 14). */
    public sealed interface SailorFrame {

        /**
         * One outcome of its work; others may follow.
         *
         * @param input what the frame tells of the message that was worked on
         */
        record Told(StepMessage input, Outcome outcome) implements SailorFrame {}

        /**
         * An error for the waiting caller. It is ignored: another frame reports the same error to us, and the engine
         * decides what the caller hears.
         */
        record ErrorReply() implements SailorFrame {}

        /**
         * The broker reports that the sailor rejected the message; usually a frame of the sailor says why, before or
         * after.
         */
        record Rejected() implements SailorFrame {}

        /** The broker reports that the message was returned too often. */
        record Returned() implements SailorFrame {}
    }

    private static final String SNAPSHOT_EVENT = "snapshotEvent";
    private static final String STATUS_HEADER = "x-eio-status-code";
    /** What the HTTP Reply component leaves among the headers, and no caller is to see. */
    private static final String OWN_HEADERS = "x-eio-";

    private static final StepMessage NO_INPUT = StepMessage.of(Map.of());

    private final MessageCodec codec;

    public SailorFrames(MessageCodec codec) {
        this.codec = codec;
    }

    /** @throws IllegalArgumentException when the frame can not be read */
    public SailorFrame read(Delivery delivery) {
        var key = delivery.key();
        if (FlowNames.isReply(key)) {
            return reply(delivery);
        }
        return switch (key.substring(key.lastIndexOf('.') + 1)) {
            case "message" -> data(message(delivery));
            case "error" -> failed(delivery);
            case "rebound" ->
                new SailorFrame.Told(
                        input(delivery), new Outcome.Rebound(text(delivery, FlowHeaders.REBOUND_REASON), null));
            case "snapshot" -> snapshot(delivery);
            case "deadletter" ->
                Deaths.isLast(delivery.headers(), "rejected") ? new SailorFrame.Rejected() : new SailorFrame.Returned();
            default -> throw new IllegalArgumentException("A frame has an unknown routing key: " + key);
        };
    }

    /** The message of a data frame, or of one that was sent where nobody takes it. */
    public StepMessage message(Delivery delivery) {
        return codec.decode(delivery.body(), protocol(delivery));
    }

    private static SailorFrame data(StepMessage message) {
        return new SailorFrame.Told(NO_INPUT.withPassthrough(message.passthrough()), new Outcome.Data(message));
    }

    /** Plain JSON, not encrypted (sailor-runtime 12). */
    private SailorFrame snapshot(Delivery delivery) {
        var merge = text(delivery, SNAPSHOT_EVENT).equals("updateSnapshot");
        return new SailorFrame.Told(NO_INPUT, new Outcome.Snapshot(codec.readPlain(delivery.body()), merge));
    }

    /** {@code {"error","errorInput"}}, each the base64 of something encrypted (sailor-runtime 10). */
    private SailorFrame failed(Delivery delivery) {
        if (!(codec.readPlain(delivery.body()) instanceof Map<?, ?> frame)) {
            throw new IllegalArgumentException("An error frame is no object.");
        }
        var error = opened(frame.get("error")) instanceof Map<?, ?> members ? members : Map.of();
        var input = opened(frame.get("errorInput"));
        return new SailorFrame.Told(
                input == null ? NO_INPUT : codec.message(input),
                new Outcome.Failed(told(error, "name", "Error"), told(error, "message", ""), told(error, "stack", "")));
    }

    private @Nullable Object opened(@Nullable Object text) {
        return text == null ? null : codec.open(text.toString().getBytes(StandardCharsets.US_ASCII), 1);
    }

    /**
     * The message that was given, sent back. The JVM sailor sends base64 whatever the header says (sailor-runtime 11); an
     * error handler sends back an error frame.
     */
    public StepMessage input(Delivery delivery) {
        try {
            return message(delivery);
        } catch (IllegalArgumentException e) {
            return delivery.body().length > 0 && delivery.body()[0] == '{'
                    ? handled(delivery)
                    // The other one of the two protocols, 1 and 2.
                    : codec.decode(delivery.body(), 3 - protocol(delivery));
        }
    }

    private StepMessage handled(Delivery delivery) {
        if (!(codec.readPlain(delivery.body()) instanceof Map<?, ?> frame)) {
            throw new IllegalArgumentException("An error frame is no object.");
        }
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("error", opened(frame.get("error")));
        body.put("errorInput", opened(frame.get("errorInput")));
        return StepMessage.of(body);
    }

    private SailorFrame reply(Delivery delivery) {
        if (Boolean.parseBoolean(text(delivery, FlowHeaders.ERROR_RESPONSE))) {
            return new SailorFrame.ErrorReply();
        }
        var content = codec.open(delivery.body(), protocol(delivery));
        if (content instanceof Map<?, ?> event && event.get("statusCode") != null) {
            return reply(event.get("statusCode"), event.get("headers"), event.get("body"));
        }
        var message = codec.message(content);
        return reply(message.headers().get(STATUS_HEADER), message.headers(), message.body());
    }

    private static SailorFrame reply(@Nullable Object status, @Nullable Object headers, @Nullable Object body) {
        try {
            return new SailorFrame.Told(
                    NO_INPUT,
                    FlowAnswer.of("Error", status == null ? Integer.valueOf(200) : status, headers(headers), body));
        } catch (StepFailure e) {
            throw new IllegalArgumentException(e.text(), e);
        }
    }

    private static Map<String, Object> headers(@Nullable Object given) {
        var headers = new LinkedHashMap<String, Object>();
        if (given instanceof Map<?, ?> members) {
            members.forEach((name, value) -> {
                var shown = String.valueOf(name);
                if (value != null && !isOwn(shown)) {
                    headers.put(shown, value);
                }
            });
        }
        return headers;
    }

    private static boolean isOwn(String name) {
        return name.equals(FlowHeaders.REPLY_TO)
                || name.toLowerCase(Locale.ROOT).startsWith(OWN_HEADERS);
    }

    private static int protocol(Delivery delivery) {
        return text(delivery, FlowHeaders.PROTOCOL_VERSION).equals("2") ? 2 : 1;
    }

    private static String text(Delivery delivery, String header) {
        return text(delivery.headers(), header, "");
    }

    /** An object as its JSON text. */
    private String told(Map<?, ?> members, String name, String otherwise) {
        var value = members.get(name);
        return value instanceof Map<?, ?> || value instanceof List<?>
                ? codec.writePlain(value)
                : text(members, name, otherwise);
    }

    private static String text(Map<?, ?> members, String name, String otherwise) {
        var value = members.get(name);
        return value == null ? otherwise : value.toString();
    }
}
