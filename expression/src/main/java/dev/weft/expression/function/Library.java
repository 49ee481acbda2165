package dev.weft.expression.function;

import dev.weft.expression.value.Nothing;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The built-in functions by name. */
public final class Library {

    private static final Map<String, Native> FUNCTIONS = all();

    private Library() {}

    public static Object find(String name) {
        var function = FUNCTIONS.get(name);
        return function == null ? Nothing.NOTHING : function;
    }

    private static Map<String, Native> all() {
        var definitions = new Definitions();
        TextFunctions.define(definitions);
        MatchFunctions.define(definitions);
        EncodingFunctions.define(definitions);
        NumberFunctions.define(definitions);
        DateFunctions.define(definitions);
        ArrayFunctions.define(definitions);
        ObjectFunctions.define(definitions);
        return Map.copyOf(definitions.functions);
    }

    /** Collects them. */
    static final class Definitions {

        private final Map<String, Native> functions = new HashMap<>();

        /**
         * A function that gives nothing when its first argument is nothing, as most do.
         *
         * @param arity arguments that a function which calls it gives
         */
        void add(String name, String signature, int arity, Function<CallArguments, @Nullable Object> body) {
            any(name, signature, arity, arguments -> arguments.lacks(0) ? Nothing.NOTHING : body.apply(arguments));
        }

        /** A function that looks itself at what is missing. */
        void any(String name, String signature, int arity, Function<CallArguments, @Nullable Object> body) {
            functions.put(name, new Native(name, FunctionSignature.of(signature), arity, body));
        }
    }
}
