package dev.weft.expression;

import java.util.List;
import java.util.Map;
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
        return find(input, name, scope.run);
    }

    static @Nullable Object find(@Nullable Object input, String name, Run run) {
        if (input instanceof Map<?, ?> map) {
            return member(map, name);
        }
        if (!(input instanceof List<?> list)) {
            return Nothing.NOTHING;
        }
        var found = Sequence.found();
        for (var element : list) {
            run.step();
            var one = find(element, name, run);
            if (one instanceof List<?> several) {
                found.addAll(several);
            } else if (!Nothing.is(one)) {
                found.add(one);
            }
        }
        return found;
    }

    static @Nullable Object member(Map<?, ?> map, String name) {
        var value = map.get(name);
        return value == null && !map.containsKey(name) ? Nothing.NOTHING : value;
    }
}
