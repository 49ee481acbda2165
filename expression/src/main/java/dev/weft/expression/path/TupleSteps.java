package dev.weft.expression.path;

import dev.weft.expression.node.Bindings;
import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Sequence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a path from the first one that binds a name: each found value carries the names bound so far. */
final class TupleSteps {

    private TupleSteps() {}

    /** @param tuples what the step before found; null when this is the first that binds */
    static List<?> apply(Node step, List<?> input, @Nullable List<?> tuples, NameScope scope) {
        var found =
                step instanceof SortNode sort ? sorted(sort, input, tuples, scope) : walked(step, input, tuples, scope);
        return Stages.apply(step.suffix().stages(), found, scope) instanceof List<?> result ? result : List.of();
    }

    private static List<?> sorted(SortNode sort, List<?> input, @Nullable List<?> tuples, NameScope scope) {
        if (tuples != null) {
            return sort.sort(tuples, scope);
        }
        var result = stream();
        var index = sort.suffix().index();
        var position = 0;
        for (var element : sort.sort(input, scope)) {
            var tuple = Bindings.of(element);
            if (index != null) {
                tuple.put(index, position++);
            }
            result.add(tuple);
        }
        return result;
    }

    private static Sequence walked(Node step, List<?> input, @Nullable List<?> tuples, NameScope scope) {
        var result = stream();
        for (var element : tuples == null ? input : tuples) {
            var before = tuples != null && element instanceof Map<?, ?> names ? names : Bindings.of(element);
            var context = before.get(Bindings.CONTEXT);
            var found = step.evaluate(context, Bindings.scope(before, scope));
            if (Nothing.is(found)) {
                continue;
            }
            var list = found instanceof List<?> several ? several : Sequence.found(found);
            for (var i = 0; i < list.size(); i++) {
                result.add(tuple(step, before, list, i, context));
            }
        }
        return result;
    }

    private static Map<String, @Nullable Object> tuple(
            Node step, Map<?, ?> before, List<?> list, int position, @Nullable Object context) {
        var tuple = Bindings.copy(before);
        var element = list.get(position);
        // The step was itself a path that binds names; these are added to the ones bound already.
        if (Sequence.isBindings(list) && element instanceof Map<?, ?> inner) {
            tuple.putAll(Bindings.copy(inner));
            return tuple;
        }
        var suffix = step.suffix();
        // With @$v only the name gets the element. The context stays the same, so the next step starts from it again (a
        // join).
        tuple.put(suffix.focus() == null ? Bindings.CONTEXT : suffix.focus(), element);
        if (suffix.index() != null) {
            tuple.put(suffix.index(), position);
        }
        if (suffix.ancestor() != null) {
            tuple.put(suffix.ancestor(), context);
        }
        return tuple;
    }

    static List<?> numbered(List<?> tuples, String name) {
        var result = stream();
        var position = 0;
        for (var element : tuples) {
            var tuple = element instanceof Map<?, ?> names ? Bindings.copy(names) : Bindings.of(element);
            tuple.put(name, position++);
            result.add(tuple);
        }
        return result;
    }

    private static Sequence stream() {
        var stream = Sequence.found();
        stream.bindings = true;
        return stream;
    }
}
