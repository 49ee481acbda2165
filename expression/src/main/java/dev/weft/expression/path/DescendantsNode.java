package dev.weft.expression.path;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code **}: the value itself and all values below it. */
final class DescendantsNode extends Node {

    DescendantsNode(int position) {
        super(position);
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        if (Nothing.is(input)) {
            return input;
        }
        var results = Sequence.found();
        collect(input, results, scope.run);
        return results.size() == 1 ? results.getFirst() : results;
    }

    private static void collect(@Nullable Object value, Sequence into, Run run) {
        run.step();
        if (value instanceof List<?> list) {
            // Arrays are only walked through; they are not results themselves.
            list.forEach(element -> collect(element, into, run));
            return;
        }
        run.makeElements(1);
        into.add(value);
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(member -> collect(member, into, run));
        }
    }
}
