package dev.weft.expression.node;

import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Sequence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code a[x]}: the elements for which {@code x} is true, or those at the positions that it gives. */
public final class Filter {

    private Filter() {}

    public static @Nullable Object apply(Node predicate, @Nullable Object input, NameScope scope) {
        var bindings = Sequence.isBindings(input);
        var list = input instanceof List<?> array ? array : Sequence.found(input);
        return predicate instanceof ConstantNode constant && constant.value instanceof Number position
                ? at(position, list, bindings)
                : where(predicate, list, bindings, scope);
    }

    private static Object at(Number given, List<?> list, boolean bindings) {
        var results = Sequence.found();
        results.bindings = bindings;
        var position = position(given, list.size());
        if (position < 0 || position >= list.size()) {
            return results;
        }
        var element = list.get((int) position);
        // An array at that position is the result itself, not an element of a sequence, as in the reference.
        if (element instanceof List<?>) {
            return element;
        }
        if (!Nothing.is(element)) {
            results.add(element);
        }
        return results;
    }

    private static Sequence where(Node predicate, List<?> list, boolean bindings, NameScope scope) {
        var results = Sequence.found();
        results.bindings = bindings;
        for (var i = 0; i < list.size(); i++) {
            var element = list.get(i);
            var result = bindings && element instanceof Map<?, ?> names
                    ? predicate.evaluate(names.get(Bindings.CONTEXT), Bindings.scope(names, scope))
                    : predicate.evaluate(element, scope);
            // Numbers are positions, and each element is compared with them; so the result has the order of the input,
            // whatever the order of the positions.
            if (Numbers.isNumber(result)) {
                if (position((Number) result, list.size()) == i) {
                    results.add(element);
                }
            } else if (result instanceof List<?> positions && Numbers.areNumbers(positions, scope.run)) {
                for (var position : positions) {
                    scope.run.step();
                    if (position((Number) position, list.size()) == i) {
                        results.add(element);
                    }
                }
            } else if (Values.isTrue(result, scope.run)) {
                results.add(element);
            }
        }
        scope.run.makeElements(results.size());
        return results;
    }

    /** Counted from the end when negative. */
    private static double position(@Nullable Number given, int size) {
        // Rounded down before a negative position is counted from the end: -0.5 is the last element.
        var whole = given == null ? 0 : Math.floor(given.doubleValue());
        return whole < 0 ? size + whole : whole;
    }
}
