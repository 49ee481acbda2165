package dev.weft.expression.evaluation;

import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Sequence;
import dev.weft.expression.value.Values;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** {@code [..]}, also of a range, and {@code {..}}. */
final class Constructors {

    private Constructors() {}

    /** Arrays that its parts give are laid flat, those written in it are not. */
    static final class ArrayNode extends Node {

        private final List<Node> items;

        ArrayNode(int position, List<Node> items) {
            super(position);
            this.items = items;
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            var result = Sequence.array(items.size());
            for (var item : items) {
                var value = item.evaluate(input, scope);
                // [1..10000000] alone stays the range that takes no memory. At an end of a path it needs the mark of a
                // constructed array, which only a Sequence has.
                if (value instanceof NumberRange && items.size() == 1 && !constructs) {
                    return value;
                }
                if (Nothing.is(value)) {
                    continue;
                }
                if (value instanceof List<?> list && !(item instanceof ArrayNode)) {
                    Values.addAll(result, list, scope.run);
                } else {
                    scope.run.makeElements(1);
                    result.add(value);
                }
            }
            result.constructed = constructs;
            return result;
        }
    }

    static final class ObjectNode extends Node {

        private final Grouping pairs;

        ObjectNode(int position, Grouping pairs) {
            super(position);
            this.pairs = pairs;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            return pairs.apply(input, scope);
        }
    }

    /** What {@code [1..9]} makes, whose ten million numbers take no memory until they are asked for. */
    static final class NumberRange extends AbstractList<Number> implements RandomAccess {

        private final long first;
        private final int size;

        NumberRange(long first, int size) {
            this.first = first;
            this.size = size;
        }

        @Override
        public Number get(int index) {
            return Numbers.whole(first + Objects.checkIndex(index, size));
        }

        @Override
        public int size() {
            return size;
        }
    }
}
