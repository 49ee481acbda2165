package dev.weft.expression.semantics;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies values deeply. */
public final class ValueCopy {

    private ValueCopy() {}

    /** Functions are empty texts in it, as in JSON. */
    public static @Nullable Object of(@Nullable Object value, Run run) {
        run.step();
        return switch (value) {
            case Map<?, ?> map -> {
                run.makeMembers(map.size());
                var copy = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(map.size());
                for (var member : map.entrySet()) {
                    if (!Nothing.is(member.getValue())) {
                        copy.put(String.valueOf(member.getKey()), of(member.getValue(), run));
                    }
                }
                yield copy;
            }
            case List<?> list -> {
                run.makeElements(list.size());
                var copy = new ArrayList<@Nullable Object>(list.size());
                for (var element : list) {
                    copy.add(Nothing.is(element) ? null : of(element, run));
                }
                yield copy;
            }
            case Callee _ -> "";
            case null, default -> value;
        };
    }
}
