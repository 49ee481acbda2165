package dev.weft.expression.function;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A built-in function. */
public record Native(
        String name, FunctionSignature signature, int arity, Function<CallArguments, @Nullable Object> body)
        implements Callee {

    @Override
    public @Nullable Object call(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
        scope.run.steps(size(arguments));
        try {
            return body.apply(new CallArguments(signature.validate(arguments, context, scope.run), context, scope));
        } catch (ExpressionFault e) {
            throw e.at(-1, name);
        }
    }

    /** What a function may do with its arguments before it looks at the time again. */
    private static int size(List<? extends @Nullable Object> arguments) {
        var size = 1L;
        for (var argument : arguments) {
            size += switch (argument) {
                case List<?> list -> list.size();
                case String text -> text.length() >> 4;
                case null, default -> 0;
            };
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }
}
