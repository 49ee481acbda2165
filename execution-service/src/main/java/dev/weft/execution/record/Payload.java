package dev.weft.execution.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.util.RawValue;

/**
 * A message as its execution shows it, {@code {"body","headers"}}, written once as JSON in UTF-8: equal payloads are
 * stored once in an execution, and the bytes go to the store as they are.
 */
public final class Payload {

    private final byte[] json;
    private final String place;
    /** Of a mark: how many bytes it stands for, 0 when nobody knows; -1 of any other. */
    private final long leftOut;

    /** @param json not to be changed afterwards */
    public Payload(byte[] json) {
        this(json, "", -1);
    }

    private Payload(byte[] json, String place, long leftOut) {
        this.json = json;
        this.place = place;
        this.leftOut = leftOut;
    }

    /** Stands for what can not be kept, or not be shown. */
    public static Payload leftOut(long bytes) {
        return mark("{\"$truncated\":true,\"bytes\":" + bytes + "}", bytes);
    }

    /** The same for one of which nobody knows how large it was. */
    public static Payload gone() {
        return mark("{\"$truncated\":true}", 0);
    }

    private static Payload mark(String body, long bytes) {
        var text = "{\"body\":" + body + ",\"headers\":{}}";
        return new Payload(text.getBytes(StandardCharsets.UTF_8), "", bytes);
    }

    /** One that lies outside the execution's document and has not been fetched. */
    public static Payload elsewhere(String place) {
        return new Payload(new byte[0], place, -1);
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

    /** Whether it was made to stand for another; of one that comes from the store nobody knows. */
    public boolean isMark() {
        return leftOut >= 0;
    }

    /** Of the message, also where a mark stands for it. */
    public long bytes() {
        return isMark() ? leftOut : json.length;
    }

    /** For an answer: written as it is, since a tree of it would take many times the memory. */
    public RawValue raw() {
        return new RawValue(new String(json, StandardCharsets.UTF_8));
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
