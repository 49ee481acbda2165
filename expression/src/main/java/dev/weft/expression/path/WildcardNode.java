package dev.weft.expression.path;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code *}: the values of all members, with arrays flattened. */
final class WildcardNode extends Node {

    WildcardNode(int position) {
        super(position);
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        var results = Sequence.found();
        // For a path the array at the root is one value, but a wildcard looks at its elements.
        var looked = input instanceof Sequence wrapper && wrapper.wrapsRoot ? wrapper.getFirst() : input;
        if (looked instanceof Map<?, ?> map) {
            map.values().forEach(value -> flatten(value, results, scope.run));
        } else if (looked instanceof List<?> list) {
            list.forEach(value -> flatten(value, results, scope.run));
        }
        return results;
    }

    private static void flatten(@Nullable Object value, Sequence into, Run run) {
        run.step();
        if (value instanceof List<?> list) {
            list.forEach(element -> flatten(element, into, run));
        } else {
            run.makeElements(1);
            into.add(value);
        }
    }
}
