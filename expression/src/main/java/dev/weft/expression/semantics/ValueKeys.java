package dev.weft.expression.semantics;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys for sets and maps that are equal exactly when two values are equal in the language. */
public final class ValueKeys {

    private ValueKeys() {}

    /**
     * A key for a set, equal for values that are equal to the last part. Objects and arrays are written as texts, since
     * a hash table finds texts of one hash by their order, and other keys of one hash only one by one.
     */
    public static Object of(@Nullable Object value, Run run) {
        return switch (value) {
            case null -> Nothing.NOTHING;
            // Adding 0.0 also turns -0.0 into 0.0.
            case Number number -> number.doubleValue() + 0.0;
            case Callee function -> new Same(function);
            case List<?> _, Map<?, ?> _ -> {
                var parts = new ArrayList<Object>();
                var text = new StringBuilder();
                write(value, text, parts, run);
                yield parts.isEmpty() ? new WrittenKey(text.toString()) : List.of(text.toString(), parts);
            }
            default -> value;
        };
    }

    /** @param functions each is itself and no other, so that it has no text */
    private static void write(@Nullable Object value, StringBuilder text, List<Object> functions, Run run) {
        run.step();
        Run.checkLength(text.length());
        switch (value) {
            case String string ->
                // The length is written too: otherwise one text with quotes in it could look like two texts.
                text.append('"').append(string.length()).append(':').append(string);
            case Number number -> text.append(number.doubleValue() + 0.0).append(';');
            case Map<?, ?> map -> {
                text.append('{');
                map.entrySet().stream()
                        // Objects are equal whatever the order of their members.
                        .sorted(Comparator.comparing(member -> String.valueOf(member.getKey())))
                        .forEach(member -> {
                            write(String.valueOf(member.getKey()), text, functions, run);
                            write(member.getValue(), text, functions, run);
                        });
                text.append('}');
            }
            case List<?> list -> {
                text.append('[');
                list.forEach(element -> write(element, text, functions, run));
                text.append(']');
            }
            case Callee function -> {
                text.append('f');
                functions.add(new Same(function));
            }
            case null, default ->
                text.append(value == null ? "null" : value.toString()).append(';');
        }
    }

    /** The key of a value that is equal only to itself. */
    private record Same(Object value) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Same same && value == same.value;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(value);
        }
    }

    // A HashMap sorts the keys of a crowded bucket only if they are comparable. A stranger can choose texts with the
    // same hash: without an order $distinct of 16,000 of them would compare all pairs.
    private record WrittenKey(String text) implements Comparable<WrittenKey> {

        @Override
        public int compareTo(WrittenKey other) {
            return text.compareTo(other.text);
        }
    }
}
