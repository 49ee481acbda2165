package dev.weft.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a path has bound for one of the values it found: {@code {"@": the value, "v": .., "i": ..}}. */
final class Bindings {

    static final String CONTEXT = "@";

    private Bindings() {}

    static Map<String, @Nullable Object> of(@Nullable Object context) {
        var bindings = new LinkedHashMap<String, @Nullable Object>();
        bindings.put(CONTEXT, context);
        return bindings;
    }

    static Map<String, @Nullable Object> copy(Map<?, ?> bindings) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        bindings.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }

    static NameScope scope(Map<?, ?> bindings, NameScope around) {
        var scope = around.inner();
        bindings.forEach((name, value) -> scope.bind(String.valueOf(name), value));
        return scope;
    }

    /** All of one group as one: values of a name become an array. */
    static Map<String, @Nullable Object> merged(@Nullable Object group) {
        if (!(group instanceof List<?> all)) {
            return group instanceof Map<?, ?> one ? copy(one) : of(Nothing.NOTHING);
        }
        var merged = new LinkedHashMap<String, @Nullable Object>();
        var first = true;
        for (var element : all) {
            if (element instanceof Map<?, ?> bindings) {
                for (var binding : bindings.entrySet()) {
                    var name = String.valueOf(binding.getKey());
                    merged.put(
                            name,
                            first
                                    ? binding.getValue()
                                    : Values.append(merged.getOrDefault(name, Nothing.NOTHING), binding.getValue()));
                }
            }
            first = false;
        }
        return merged;
    }
}
