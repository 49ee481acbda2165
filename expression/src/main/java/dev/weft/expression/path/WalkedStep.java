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

/** A step of a path that binds no names: it is applied to all that the one before found, and what it finds is laid flat. */
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
        // An array of the input that is all that was found stays an array, also when it has one element or none.
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
                // Each may be the same large array: all together outgrow the memory that they take.
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
