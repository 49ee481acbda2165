package dev.weft.gateway.body;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The members of an object in the order of the body; a repeated name becomes an array of its values. A stranger's
 * document may consist of a million objects with one member each, so a small one is just an array of names and values.
 */
final class BodyMembers {

    private static final Object[] NONE = {};
    private static final int SEARCHED = 8;
    /** Nobody reads JSON with longer names, so that a message with one would be a message for nobody. */
    private static final int LONGEST_NAME = 50_000;

    /** Name, value, name, value. */
    private Object[] pairs = NONE;

    private int size;
    private @Nullable Map<String, Integer> places;

    /** @param value a text or an object, never a list */
    void add(String name, Object value) {
        var place = place(name);
        if (place < 0) {
            append(name, value);
        } else if (pairs[place] instanceof Several several) {
            several.add(value);
        } else {
            pairs[place] = new Several(pairs[place], value);
        }
    }

    /** Of its value; negative when there is none. */
    private int place(String name) {
        if (places != null) {
            return places.getOrDefault(name, -1);
        }
        for (var i = 0; i < size; i += 2) {
            if (pairs[i].equals(name)) {
                return i + 1;
            }
        }
        return -1;
    }

    private void append(String name, Object value) {
        if (name.length() > LONGEST_NAME) {
            throw Problem.of(
                            ProblemCode.BAD_REQUEST,
                            "A name in the query or the body is longer than " + LONGEST_NAME + " characters.")
                    .exception();
        }
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, Math.max(2, size * 2));
        }
        pairs[size] = name;
        pairs[size + 1] = value;
        size += 2;
        if (places != null) {
            places.put(name, size - 1);
        } else if (size > SEARCHED * 2) {
            // Comparing with each name is faster for a few names, but quadratic for many.
            places = new HashMap<>();
            for (var i = 0; i < size; i += 2) {
                places.put((String) pairs[i], i + 1);
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    Map<String, Object> object() {
        var object = LinkedHashMap.<String, Object>newLinkedHashMap(size / 2);
        for (var i = 0; i < size; i += 2) {
            object.put((String) pairs[i], plain(pairs[i + 1]));
        }
        return object;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case BodyMembers object -> object.object();
            case Several several -> several.stream().map(BodyMembers::plain).toList();
            default -> value;
        };
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        for (var i = 0; i < size; i += 2) {
            out.writeName((String) pairs[i]);
            write(out, pairs[i + 1]);
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Object value) {
        switch (value) {
            case BodyMembers object -> object.write(out);
            case Several several -> {
                out.writeStartArray();
                for (var each : several) {
                    write(out, each);
                }
                out.writeEndArray();
            }
            default -> out.writeString((String) value);
        }
    }

    /** Grows in place: a form with a million pairs of the same name must not be copied a million times. */
    private static final class Several extends ArrayList<Object> {

        private static final long serialVersionUID = 1L;

        private Several(Object first, Object second) {
            super(List.of(first, second));
        }
    }
}
