package dev.weft.expression;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A built-in function. */
record Native(String name, FunctionSignature signature, int arity, Function<CallArguments, @Nullable Object> body)
        implements Callee {

    @Override
    public @Nullable Object call(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
        try {
            return body.apply(new CallArguments(signature.validate(arguments, context), context, scope));
        } catch (ExpressionFault e) {
            throw e.at(-1, name);
        }
    }
}
