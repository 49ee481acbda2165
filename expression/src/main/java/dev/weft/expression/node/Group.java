package dev.weft.expression.node;

import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import org.jspecify.annotations.Nullable;

/** The elements that gave one key. */
final class Group {

    final GroupPair pair;

    @Nullable
    Object data;

    private boolean copied;

    Group(GroupPair pair, @Nullable Object first) {
        this.pair = pair;
        this.data = first;
    }

    void add(@Nullable Object element, Run run) {
        if (copied && data instanceof Sequence sequence) {
            Values.addAll(sequence, element, run);
            return;
        }
        var before = data;
        data = Values.append(before, element, run);
        // What append has made here is ours to grow. A new copy for each element would cost the square of their
        // number.
        copied = data != before && data != element;
    }
}
