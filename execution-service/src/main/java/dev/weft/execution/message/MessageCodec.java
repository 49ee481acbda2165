package dev.weft.execution.message;

import dev.weft.common.flowmessage.MessageCipher;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Messages to bytes and back: JSON, encrypted as sailors do it (sailor-runtime 6, 8). */
@Service
public class MessageCodec {

    private static final int LARGEST = 64 * 1024 * 1024;

    private final JsonMapper json;
    private final MessageCipher cipher;

    public MessageCodec(JsonMapper json, MessageCipher cipher) {
        this.json = json;
        this.cipher = cipher;
    }

    /** @throws IllegalArgumentException when the bytes are no message under our key */
    public StepMessage decode(byte[] frame, int protocol) {
        if (frame.length == 0) {
            return StepMessage.of(Map.of());
        }
        return message(open(frame, protocol));
    }

    /**
     * Any JSON that was encrypted.
     *
     * @throws IllegalArgumentException when the bytes are none under our key
     */
    public @Nullable Object open(byte[] frame, int protocol) {
        return readPlain(cipher.open(frame, protocol));
    }

    /** What was encrypted, piece by piece, to be looked at in passing; what is no message under our key fails or ends early. */
    public InputStream reading(byte[] frame, int protocol) {
        return cipher.reading(frame, protocol);
    }

    /** JSON that is not encrypted; {@link IllegalArgumentException} when it is none. */
    public @Nullable Object readPlain(byte[] bytes) {
        try {
            return json.readValue(bytes, Object.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("A message is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Its JSON text, not encrypted. */
    public String writePlain(@Nullable Object value) {
        return json.writeValueAsString(value);
    }

    /** The message raw, as protocol 2 carries it. */
    public byte[] encode(StepMessage message) {
        return encrypt(plain(message));
    }

    /** Any JSON raw, such as the answer to a webhook's caller. */
    public byte[] encrypt(@Nullable Object value) {
        var bytes = json.writeValueAsBytes(value);
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException("A message of " + bytes.length + " bytes is too large; at most "
                    + LARGEST + " go from step to step.");
        }
        return cipher.encrypt(bytes);
    }

    /** Any JSON in UTF-8, not encrypted, as executions show what they keep. */
    public byte[] show(@Nullable Object value) {
        return json.writeValueAsBytes(value);
    }

    /** Any JSON as text, as sailors carry errors. */
    public byte[] encryptText(@Nullable Object value) {
        return cipher.encryptText(json.writeValueAsBytes(value));
    }

    /**
     * What an error handler of a sailor's is given: {@code {"error","errorInput"}}, each the base64 of what is encrypted,
     * the whole not (sailor-runtime 10).
     */
    public byte[] encodeError(@Nullable Object error, @Nullable Object input) {
        var frame = new LinkedHashMap<String, String>();
        frame.put("error", new String(encryptText(error), StandardCharsets.US_ASCII));
        frame.put("errorInput", new String(encryptText(input), StandardCharsets.US_ASCII));
        return json.writeValueAsBytes(frame);
    }

    private static Map<String, @Nullable Object> plain(StepMessage message) {
        var plain = new LinkedHashMap<String, @Nullable Object>(message.extra());
        plain.put("body", message.body());
        plain.put("headers", message.headers());
        if (!message.attachments().isEmpty()) {
            plain.put("attachments", message.attachments());
        }
        if (!message.passthrough().isEmpty()) {
            plain.put("passthrough", message.passthrough());
        }
        return plain;
    }

    /** A message out of plain values, {@code {"body",..}}. */
    public StepMessage message(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            return StepMessage.of(value);
        }
        var extra = new LinkedHashMap<String, Object>();
        members.forEach((name, member) -> {
            if (member != null) {
                extra.put((String) name, member);
            }
        });
        // Each publish has an id of its own, which is in its headers.
        extra.remove("id");
        var body = extra.remove("body");
        return new StepMessage(
                body,
                object(extra.remove("headers")),
                object(extra.remove("attachments")),
                object(extra.remove("passthrough")),
                extra);
    }

    @SuppressWarnings("unchecked") // names in JSON are text
    private static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
