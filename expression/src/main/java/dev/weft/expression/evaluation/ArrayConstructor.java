package dev.weft.expression.evaluation;

import dev.weft.expression.node.Node;
import dev.weft.expression.operation.NumberRange;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code [..]}: elements that are computed arrays are flattened, nested array constructors are not. */
final class ArrayConstructor extends Node {

    private final List<Node> items;

    ArrayConstructor(int position, List<Node> items) {
        super(position);
        this.items = items;
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        var result = Sequence.array(items.size());
        for (var item : items) {
            var value = item.evaluate(input, scope);
            // [1..10000000] alone stays a range, which takes no memory. At an end of a path the result must be marked
            // as constructed, which only a Sequence can be.
            if (value instanceof NumberRange && items.size() == 1 && !suffix().constructs()) {
                return value;
            }
            if (Nothing.is(value)) {
                continue;
            }
            if (value instanceof List<?> list && !(item instanceof ArrayConstructor)) {
                Values.addAll(result, list, scope.run);
            } else {
                scope.run.makeElements(1);
                result.add(value);
            }
        }
        result.constructed = suffix().constructs();
        return result;
    }
}
