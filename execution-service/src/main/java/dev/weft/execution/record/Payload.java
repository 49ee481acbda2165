package dev.weft.execution.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message as its execution shows it, {@code {"body","headers"}}, written as JSON in UTF-8 once: what is equal is kept
 * once in an execution, and goes to the store as it is.
 */
public final class Payload {

    private final byte[] json;
    private final String place;

    /** @param json not to be changed afterwards */
    public Payload(byte[] json) {
        this(json, "");
    }

    private Payload(byte[] json, String place) {
        this.json = json;
        this.place = place;
    }

    /** Stands for what can not be kept. */
    public static Payload leftOut(long bytes) {
        var text = "{\"body\":{\"$truncated\":true,\"bytes\":" + bytes + "},\"headers\":{}}";
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One that lies outside the execution's document and has not been fetched. */
    public static Payload elsewhere(String place) {
        return new Payload(new byte[0], place);
    }

    public boolean isElsewhere() {
        return !place.isEmpty();
    }

    public String place() {
        return place;
    }

    public byte[] json() {
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof Payload payload
                        && payload.place.equals(place)
                        && Arrays.equals(payload.json, json));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json) + place.hashCode();
    }
}
