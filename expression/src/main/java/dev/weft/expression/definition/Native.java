package dev.weft.expression.definition;

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
            // Only the function's name is known here; the calling node adds the position.
            throw e.at(-1, name);
        }
    }

    /** How much work the arguments may cause, counted beforehand: the JDK's own loops over them look at no clock. */
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
