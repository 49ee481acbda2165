package dev.weft.expression;

import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** Names bound in a block, function or step of a path; what it lacks is looked up around it. */
final class NameScope {

    final Run run;
    private final @Nullable NameScope around;
    private @Nullable HashMap<String, @Nullable Object> bound;

    private NameScope(Run run, @Nullable NameScope around) {
        this.run = run;
        this.around = around;
    }

    static NameScope outermost(Run run) {
        return new NameScope(run, null);
    }

    NameScope inner() {
        return new NameScope(run, this);
    }

    void bind(String name, @Nullable Object value) {
        var names = bound;
        if (names == null) {
            names = new HashMap<>(8);
            bound = names;
        }
        names.put(name, value);
    }

    @Nullable
    Object find(String name) {
        for (NameScope scope = this; scope != null; scope = scope.around) {
            var names = scope.bound;
            if (names != null) {
                var value = names.get(name);
                if (value != null || names.containsKey(name)) {
                    return value;
                }
            }
        }
        return run.outside(name);
    }
}
