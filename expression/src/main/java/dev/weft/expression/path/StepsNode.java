package dev.weft.expression.path;

import dev.weft.expression.node.Bindings;
import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Sequence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code a.b[c].d}: each step is applied to everything that the one before found. */
final class StepsNode extends Node {

    final List<Node> steps;
    private final boolean keepsSingle;
    private final int plain;

    StepsNode(List<Node> steps, boolean keepsSingle) {
        super(steps.getFirst().position);
        this.steps = steps;
        this.keepsSingle = keepsSingle;
        // [] behind a step makes an array even of a single value, which only the full walk does.
        this.plain = keepsSingle ? 0 : plainNames(steps);
    }

    /** How many steps from the first on are names and nothing more. */
    private static int plainNames(List<Node> steps) {
        var count = 0;
        while (count < steps.size()
                && steps.get(count) instanceof NameNode name
                && name.suffix().isPlain()) {
            count++;
        }
        return count;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        if (suffix().grouping() == null && plain == steps.size() && !(input instanceof List<?>)) {
            return names(input, scope);
        }
        // A variable at the start is evaluated once, and not for each element of the context, which it may have nothing
        // to do with.
        var first = input instanceof List<?> list && !(steps.getFirst() instanceof VariableNode)
                ? list
                : Sequence.found(input);
        return walk(first, 0, scope);
    }

    /** Only a path has the names that were bound on its way. */
    @Override
    protected boolean groups() {
        return true;
    }

    /** The usual case without a sequence for each step. */
    private @Nullable Object names(@Nullable Object input, NameScope scope) {
        var found = input;
        for (var i = 0; i < plain; i++) {
            if (!(found instanceof Map<?, ?> map)) {
                return found instanceof List<?> list ? walk(list, i, scope) : Nothing.NOTHING;
            }
            found = Values.member(map, ((NameNode) steps.get(i)).name);
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
            binding |= step.suffix().bindsNames();
            // An array constructor at the start is evaluated once for the whole input, and not for each of its
            // elements.
            if (i == 0 && step.suffix().constructs()) {
                result = step.evaluate(input, scope);
            } else if (binding) {
                tuples = TupleSteps.apply(step, input, tuples, scope);
            } else {
                result = WalkedStep.apply(step, input, scope, i == steps.size() - 1);
            }
            if (!binding) {
                if (Nothing.is(result) || (result instanceof List<?> found && found.isEmpty())) {
                    break;
                }
                // When a constructor at the start is filtered down to a single value, that value is not walked through
                // as an array.
                input = result instanceof List<?> found ? found : Sequence.found();
            }
        }
        if (binding && tuples != null) {
            result = suffix().bindsNames() ? tuples : contexts(tuples);
        }
        if (keepsSingle) {
            result = kept(result);
        }
        var group = suffix().grouping();
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
}
