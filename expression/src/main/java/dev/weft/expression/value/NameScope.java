package dev.weft.expression.value;

import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** The names bound in a block, a function or a step of a path; other names are looked up in the scope around it. */
public final class NameScope {

    public final Run run;
    private final @Nullable NameScope around;
    private @Nullable HashMap<String, @Nullable Object> bound;

    private NameScope(Run run, @Nullable NameScope around) {
        this.run = run;
        this.around = around;
    }

    public static NameScope outermost(Run run) {
        return new NameScope(run, null);
    }

    public NameScope inner() {
        return new NameScope(run, this);
    }

    public void bind(String name, @Nullable Object value) {
        var names = bound;
        if (names == null) {
            names = new HashMap<>(8);
            bound = names;
        }
        names.put(name, value);
    }

    @Nullable
    public Object find(String name) {
        for (NameScope scope = this; scope != null; scope = scope.around) {
            var names = scope.bound;
            if (names != null) {
                var value = names.get(name);
                // A name bound to null is bound too, and must not be looked up further out.
                if (value != null || names.containsKey(name)) {
                    return value;
                }
            }
        }
        return run.outside(name);
    }
}
