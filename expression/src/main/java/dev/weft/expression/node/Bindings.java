package dev.weft.expression.node;

import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that a path has found, with the names bound on the way: {@code {"@": the value, "v": .., "i": ..}}. */
public final class Bindings {

    public static final String CONTEXT = "@";

    private Bindings() {}

    public static Map<String, @Nullable Object> of(@Nullable Object context) {
        var bindings = new LinkedHashMap<String, @Nullable Object>();
        bindings.put(CONTEXT, context);
        return bindings;
    }

    public static Map<String, @Nullable Object> copy(Map<?, ?> bindings) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        bindings.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }

    public static NameScope scope(Map<?, ?> bindings, NameScope around) {
        var scope = around.inner();
        bindings.forEach((name, value) -> scope.bind(String.valueOf(name), value));
        return scope;
    }

    /** All of one group as one: values of a name become an array. */
    static Map<String, @Nullable Object> merged(@Nullable Object group, Run run) {
        if (!(group instanceof List<?> all)) {
            return group instanceof Map<?, ?> one ? copy(one) : of(Nothing.NOTHING);
        }
        var merged = new LinkedHashMap<String, @Nullable Object>();
        var grown = new HashSet<String>();
        var first = true;
        for (var element : all) {
            if (element instanceof Map<?, ?> bindings) {
                for (var binding : bindings.entrySet()) {
                    var name = String.valueOf(binding.getKey());
                    if (first) {
                        merged.put(name, binding.getValue());
                    } else if (grown.contains(name) && merged.get(name) instanceof Sequence sequence) {
                        Values.addAll(sequence, binding.getValue(), run);
                    } else {
                        var before = merged.getOrDefault(name, Nothing.NOTHING);
                        var both = Values.append(before, binding.getValue(), run);
                        // Only an array that was made here may grow; one of the input must not be changed.
                        if (both != before && both != binding.getValue()) {
                            grown.add(name);
                        }
                        merged.put(name, both);
                    }
                }
            }
            first = false;
        }
        return merged;
    }
}
