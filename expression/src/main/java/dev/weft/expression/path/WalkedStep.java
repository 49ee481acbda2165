package dev.weft.expression.path;

import dev.weft.expression.node.Filter;
import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a path that binds no names: it is applied to each value that the one before found, and its results are
 * flattened.
 */
final class WalkedStep {

    private WalkedStep() {}

    static Object apply(Node step, List<?> input, NameScope scope, boolean last) {
        if (step instanceof SortNode sort) {
            return Stages.apply(sort.suffix().stages(), sort.sort(input, scope), scope);
        }
        var results = Sequence.found();
        for (var element : input) {
            var result = step.evaluate(element, scope);
            for (var stage : step.suffix().stages()) {
                if (stage.filter() != null) {
                    result = Filter.apply(stage.filter(), result, scope);
                }
            }
            if (!Nothing.is(result)) {
                results.add(result);
            }
        }
        scope.run.makeElements(results.size());
        // If the only result is an array of the input, it stays an array, even with one element or none.
        if (last && results.size() == 1 && results.getFirst() instanceof List<?> list && !Sequence.isFound(list)) {
            return list;
        }
        return flattened(results, scope.run);
    }

    private static Sequence flattened(Sequence results, Run run) {
        var nested = false;
        for (var result : results) {
            nested |= result instanceof List<?> && !isConstructed(result);
        }
        if (!nested) {
            return results;
        }
        var flat = Sequence.found();
        for (var result : results) {
            if (result instanceof List<?> list && !isConstructed(result)) {
                // Each result may be the same large array: flattened they take far more memory than before, so they are
                // counted.
                Values.addAll(flat, list, run);
            } else {
                flat.add(result);
            }
        }
        return flat;
    }

    private static boolean isConstructed(@Nullable Object value) {
        return value instanceof Sequence sequence && sequence.constructed;
    }
}
