package dev.weft.expression.node;

import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import org.jspecify.annotations.Nullable;

/** The elements that have one key in common. */
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
        // A list made here by append may grow in place. Copying it for each element would be quadratic.
        copied = data != before && data != element;
    }
}
