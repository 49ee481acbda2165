package dev.weft.expression.evaluation;

import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Values;
import org.jspecify.annotations.Nullable;

/** The name of a member; of an array those of its elements. */
final class NameNode extends Node {

    final String name;

    NameNode(int position, String name) {
        super(position);
        this.name = name;
    }

    boolean isPlain() {
        return stages.isEmpty() && predicates.isEmpty() && grouping == null && !bindsNames && !keepsArray;
    }

    @Override
    @Nullable
    Object value(@Nullable Object input, NameScope scope) {
        return Values.find(input, name, scope.run);
    }
}
