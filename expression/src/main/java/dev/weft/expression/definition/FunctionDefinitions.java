package dev.weft.expression.definition;

import dev.weft.expression.value.Nothing;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects built-in functions by their names. */
public final class FunctionDefinitions {

    private final Map<String, Native> functions = new HashMap<>();

    /**
     * A function that gives nothing when its first argument is nothing, as most do.
     *
     * @param arity arguments that a function which calls it gives
     */
    public void add(String name, String signature, int arity, Function<CallArguments, @Nullable Object> body) {
        any(name, signature, arity, arguments -> arguments.lacks(0) ? Nothing.NOTHING : body.apply(arguments));
    }

    /** A function that looks itself at what is missing. */
    public void any(String name, String signature, int arity, Function<CallArguments, @Nullable Object> body) {
        functions.put(name, new Native(name, FunctionSignature.of(signature), arity, body));
    }

    public Map<String, Native> all() {
        return Map.copyOf(functions);
    }
}
