package dev.weft.sandbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The frames between service and worker, on the worker's standard input and output: length and request number (4 bytes
 * each), then JSON. Number 0 means that the worker is ready. A negative number is its last message: it ends because
 * that request has used up its memory.
 */
public final class SandboxFrames {

    public static final int READY = 0;
    public static final int LENGTH = 96 << 20;
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LENGTH)
                            .maxNestingDepth(2_000)
                            .maxNumberLength(10_000)
                            .build())
                    .build())
            // Keeps the digits of decimals, such as those of 2.50, on the way to the worker and back.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SandboxFrames() {}

    /** In place of the request's number: it is why the worker ends. And back. */
    public static int culprit(int request) {
        return -request;
    }

    public static byte[] encode(Map<String, ? extends @Nullable Object> value) {
        return JSON.writeValueAsBytes(value);
    }

    public static Map<String, @Nullable Object> decode(byte[] json) {
        return JSON.readValue(json, OBJECT);
    }

    public static void write(DataOutputStream out, int request, byte[] json) throws IOException {
        out.writeInt(json.length);
        out.writeInt(request);
        out.write(json);
        out.flush();
    }

    /** Null at the end of the stream. */
    public static @Nullable Frame read(DataInputStream in) throws IOException {
        try {
            var length = in.readInt();
            var request = in.readInt();
            // Checked before memory is allocated: bytes that are no frame could announce any length.
            if (length < 0 || length > LENGTH) {
                throw new IOException("A frame of " + length + " bytes.");
            }
            var json = new byte[length];
            in.readFully(json);
            return new Frame(request, json);
            // The stream may also end in the middle of a frame: the other side is gone, and half a frame is useless.
        } catch (EOFException _) {
            return null;
        }
    }

    /** One frame. */
    public record Frame(int request, byte[] json) {}
}
