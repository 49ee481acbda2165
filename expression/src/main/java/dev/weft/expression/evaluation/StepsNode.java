package dev.weft.expression.evaluation;

import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import dev.weft.expression.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code a.b[c].d}: each step is applied to all that the one before found. */
final class StepsNode extends Node {

    final List<Node> steps;
    private final boolean keepsSingle;
    private final int plain;

    StepsNode(List<Node> steps, boolean keepsSingle) {
        super(steps.getFirst().position);
        this.steps = steps;
        this.keepsSingle = keepsSingle;
        // With [] behind a step a single value becomes an array too, which only the walk knows.
        this.plain = keepsSingle ? 0 : plainNames(steps);
    }

    /** How many steps from the first on are names and nothing more. */
    private static int plainNames(List<Node> steps) {
        var count = 0;
        while (count < steps.size() && steps.get(count) instanceof Literals.Name name && name.isPlain()) {
            count++;
        }
        return count;
    }

    @Override
    @Nullable
    Object value(@Nullable Object input, NameScope scope) {
        if (grouping == null && plain == steps.size() && !(input instanceof List<?>)) {
            return names(input, scope);
        }
        // A variable at the start is evaluated once, not for each element of a context that it may not even be about.
        var first = input instanceof List<?> list && !(steps.getFirst() instanceof Literals.Variable)
                ? list
                : Sequence.found(input);
        return walk(first, 0, scope);
    }

    /** The usual case without a sequence for each step. */
    private @Nullable Object names(@Nullable Object input, NameScope scope) {
        var found = input;
        for (var i = 0; i < plain; i++) {
            if (!(found instanceof Map<?, ?> map)) {
                return found instanceof List<?> list ? walk(list, i, scope) : Nothing.NOTHING;
            }
            found = Values.member(map, ((Literals.Name) steps.get(i)).name);
        }
        return found instanceof Sequence sequence && sequence.found ? Sequence.copyOf(sequence, true) : found;
    }

    private @Nullable Object walk(List<?> from, int start, NameScope scope) {
        List<?> input = from;
        @Nullable Object result = Nothing.NOTHING;
        var binding = false;
        @Nullable List<?> tuples = null;
        for (var i = start; i < steps.size(); i++) {
            var step = steps.get(i);
            binding |= step.bindsNames;
            // An array that is written at the start is made once for the whole input, not for each of its elements.
            if (i == 0 && step.constructs) {
                result = step.evaluate(input, scope);
            } else if (binding) {
                tuples = TupleSteps.apply(step, input, tuples, scope);
            } else {
                result = step(step, input, scope, i == steps.size() - 1);
            }
            if (!binding) {
                if (Nothing.is(result) || (result instanceof List<?> found && found.isEmpty())) {
                    break;
                }
                // What a constructor at the start is filtered down to is no array to walk over.
                input = result instanceof List<?> found ? found : Sequence.found();
            }
        }
        if (binding && tuples != null) {
            result = bindsNames ? tuples : contexts(tuples);
        }
        if (keepsSingle) {
            result = kept(result);
        }
        var group = grouping;
        return group == null ? result : group.apply(binding && tuples != null ? tuples : result, scope);
    }

    private static Sequence contexts(List<?> tuples) {
        var contexts = Sequence.found();
        for (var tuple : tuples) {
            contexts.add(tuple instanceof Map<?, ?> names ? names.get(Bindings.CONTEXT) : tuple);
        }
        return contexts;
    }

    private static @Nullable Object kept(@Nullable Object result) {
        if (!(result instanceof Sequence sequence)) {
            return result;
        }
        var kept = sequence.constructed && !sequence.found ? Sequence.found(sequence) : sequence;
        kept.kept = true;
        return kept;
    }

    private static Object step(Node step, List<?> input, NameScope scope, boolean last) {
        if (step instanceof SortNode sort) {
            return stages(sort.stages, sort.sort(input, scope), scope);
        }
        var results = Sequence.found();
        for (var element : input) {
            var result = step.evaluate(element, scope);
            for (var stage : step.stages) {
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

    static Object stages(List<Stage> stages, List<?> found, NameScope scope) {
        @Nullable Object result = found;
        for (var stage : stages) {
            if (stage.filter() != null) {
                result = Filter.apply(stage.filter(), result, scope);
            } else if (stage.name() != null && result instanceof List<?> tuples) {
                result = TupleSteps.numbered(tuples, stage.name());
            }
        }
        return result == null ? List.of() : result;
    }
}
