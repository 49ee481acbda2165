package dev.weft.expression.semantics;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations on values of any type: truth, appending and others. */
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
            // Functions are false too, as in the reference.
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
}
