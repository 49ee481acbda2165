package dev.weft.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the language does with values of any kind. */
final class Values {

    private Values() {}

    /** As {@code $boolean} has it; nothing is false. */
    static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case String text -> !text.isEmpty();
            case Number number -> Numbers.isNumber(number) && number.doubleValue() != 0;
            case List<?> list -> list.stream().anyMatch(Values::isTrue);
            case Map<?, ?> map -> !map.isEmpty();
            case null, default -> false;
        };
    }

    /** Equal to the last part. */
    static boolean areEqual(@Nullable Object a, @Nullable Object b, Run run) {
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
    static boolean areSame(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return x.doubleValue() == y.doubleValue();
        }
        return a == b || ((a instanceof String || a instanceof Boolean) && a.equals(b));
    }

    /** Both as one array; nothing adds nothing. */
    static @Nullable Object append(@Nullable Object a, @Nullable Object b) {
        if (Nothing.is(a)) {
            return b;
        }
        if (Nothing.is(b)) {
            return a;
        }
        var both = a instanceof List<?> list ? Sequence.copyOf(list, false) : Sequence.array(2);
        if (!(a instanceof List<?>)) {
            both.add(a);
        }
        if (b instanceof List<?> list) {
            both.addAll(list);
        } else {
            both.add(b);
        }
        return both;
    }

    /** A copy that shares nothing; functions are empty texts in it, as in JSON. */
    static @Nullable Object copy(@Nullable Object value, Run run) {
        run.step();
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(map.size());
                for (var member : map.entrySet()) {
                    if (!Nothing.is(member.getValue())) {
                        copy.put(String.valueOf(member.getKey()), copy(member.getValue(), run));
                    }
                }
                yield copy;
            }
            case List<?> list -> {
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
    static String type(@Nullable Object value) {
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

    /** A key for a set, equal for values that are equal to the last part. */
    static Object key(@Nullable Object value, Run run) {
        run.step();
        return switch (value) {
            case null -> Nothing.NOTHING;
            // 0.0 for -0.0 as well.
            case Number number -> number.doubleValue() + 0.0;
            case List<?> list -> {
                var key = new ArrayList<Object>(list.size());
                list.forEach(element -> key.add(key(element, run)));
                yield key;
            }
            case Map<?, ?> map -> {
                var key = LinkedHashMap.<Object, Object>newLinkedHashMap(map.size());
                map.forEach((name, member) -> key.put(String.valueOf(name), key(member, run)));
                yield key;
            }
            default -> value;
        };
    }
}
