package dev.weft.expression.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the language does with values of any kind. */
public final class Values {

    private Values() {}

    /** As {@code $boolean} has it; nothing is false. */
    public static boolean isTrue(@Nullable Object value, Run run) {
        return switch (value) {
            case Boolean truth -> truth;
            case String text -> !text.isEmpty();
            case Number number -> Numbers.isNumber(number) && number.doubleValue() != 0;
            case List<?> list -> isAnyTrue(list, run);
            case Map<?, ?> map -> !map.isEmpty();
            // Functions are false too, as the reference has it.
            case null, default -> false;
        };
    }

    /** Looks at the time as it goes: arrays may lie in each other many times over, so that a few take for ever. */
    private static boolean isAnyTrue(List<?> list, Run run) {
        for (var element : list) {
            run.step();
            if (isTrue(element, run)) {
                return true;
            }
        }
        return false;
    }

    /** Members of that name: of an object, or of all objects in an array. */
    public static @Nullable Object find(@Nullable Object input, String name, Run run) {
        if (input instanceof Map<?, ?> map) {
            return member(map, name);
        }
        if (!(input instanceof List<?> list)) {
            return Nothing.NOTHING;
        }
        var found = Sequence.found();
        for (var element : list) {
            run.step();
            var one = find(element, name, run);
            if (one instanceof List<?> several) {
                addAll(found, several, run);
            } else if (!Nothing.is(one)) {
                run.makeElements(1);
                found.add(one);
            }
        }
        return found;
    }

    /** Nothing when there is none. */
    public static @Nullable Object member(Map<?, ?> map, String name) {
        var value = map.get(name);
        return value == null && !map.containsKey(name) ? Nothing.NOTHING : value;
    }

    /** Equal to the last part. */
    public static boolean areEqual(@Nullable Object a, @Nullable Object b, Run run) {
        run.step();
        if (a == b) {
            return true;
        }
        if (a instanceof List<?> one && b instanceof List<?> two) {
            if (one.size() != two.size()) {
                return false;
            }
            var others = two.iterator();
            for (var element : one) {
                if (!areEqual(element, others.next(), run)) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> two) {
            if (one.size() != two.size()) {
                return false;
            }
            for (var member : one.entrySet()) {
                var other = two.get(member.getKey());
                if ((other == null && !two.containsKey(member.getKey())) || !areEqual(member.getValue(), other, run)) {
                    return false;
                }
            }
            return true;
        }
        return areSame(a, b);
    }

    /** The same number, text or truth; of objects and arrays the very same. */
    public static boolean areSame(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return x.doubleValue() == y.doubleValue();
        }
        return a == b || ((a instanceof String || a instanceof Boolean) && a.equals(b));
    }

    /** Both as one array; nothing adds nothing. */
    public static @Nullable Object append(@Nullable Object a, @Nullable Object b, Run run) {
        if (Nothing.is(a)) {
            return b;
        }
        if (Nothing.is(b)) {
            return a;
        }
        run.makeElements(a instanceof List<?> list ? list.size() : 1);
        // The reference joins with concat, whose result is a plain array: it stays one even with a single element.
        var both = a instanceof List<?> list ? Sequence.copyOf(list, false) : Sequence.array(2);
        if (!(a instanceof List<?>)) {
            both.add(a);
        }
        addAll(both, b, run);
        return both;
    }

    /** The elements of an array or the one value; nothing adds nothing. */
    public static void addAll(Sequence into, @Nullable Object added, Run run) {
        if (added instanceof List<?> list) {
            run.makeElements(list.size());
            into.addAll(list);
        } else if (!Nothing.is(added)) {
            run.makeElements(1);
            into.add(added);
        }
    }

    /** A copy that shares nothing; functions are empty texts in it, as in JSON. */
    public static @Nullable Object copy(@Nullable Object value, Run run) {
        run.step();
        return switch (value) {
            case Map<?, ?> map -> {
                run.makeMembers(map.size());
                var copy = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(map.size());
                for (var member : map.entrySet()) {
                    if (!Nothing.is(member.getValue())) {
                        copy.put(String.valueOf(member.getKey()), copy(member.getValue(), run));
                    }
                }
                yield copy;
            }
            case List<?> list -> {
                run.makeElements(list.size());
                var copy = new ArrayList<@Nullable Object>(list.size());
                for (var element : list) {
                    copy.add(Nothing.is(element) ? null : copy(element, run));
                }
                yield copy;
            }
            case Callee _ -> "";
            case null, default -> value;
        };
    }

    /** As {@code $type} has it. */
    public static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Number _ -> "number";
            case String _ -> "string";
            case Boolean _ -> "boolean";
            case List<?> _ -> "array";
            case Callee _ -> "function";
            default -> "object";
        };
    }

    /**
     * A key for a set, equal for values that are equal to the last part. Objects and arrays are written as texts, since
     * a hash table finds texts of one hash by their order, and other keys of one hash only one by one.
     */
    public static Object key(@Nullable Object value, Run run) {
        return switch (value) {
            case null -> Nothing.NOTHING;
            // 0.0 for -0.0 as well.
            case Number number -> number.doubleValue() + 0.0;
            case Callee function -> new Same(function);
            case List<?> _, Map<?, ?> _ -> {
                var parts = new ArrayList<Object>();
                var text = new StringBuilder();
                write(value, text, parts, run);
                yield parts.isEmpty() ? new Key(text.toString()) : List.of(text.toString(), parts);
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
                // The length keeps two texts apart from one that holds their characters and the quotes between.
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

    /** What is equal to nothing but itself, whatever it is made of. */
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

    // HashMap sorts the keys of a crowded bucket only where they are comparable, and a stranger can choose texts of one
    // hash: without an order $distinct of 16,000 of them takes all pairs.
    private record Key(String text) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return text.compareTo(other.text);
        }
    }
}
