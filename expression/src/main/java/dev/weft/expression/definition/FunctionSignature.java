package dev.weft.expression.definition;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a built-in function, such as {@code <s-nn?:s>}. A parameter with a minus may be left out in favour
 * of the context, one with a question mark is optional; {@code a<n>} is an array of numbers, or a single number. Every
 * parameter but a function also accepts nothing.
 */
public final class FunctionSignature {

    private final List<SignatureParameter> parameters;

    private FunctionSignature(List<SignatureParameter> parameters) {
        this.parameters = parameters;
    }

    public static FunctionSignature of(String definition) {
        return new FunctionSignature(SignatureReader.read(definition));
    }

    /** The arguments as the function gets them: context and arrays where it expects them. */
    public List<? extends @Nullable Object> validate(
            List<? extends @Nullable Object> arguments, @Nullable Object context, Run run) {
        var supplied = new char[arguments.size()];
        for (var i = 0; i < supplied.length; i++) {
            supplied[i] = ArgumentKind.of(arguments.get(i));
        }
        var counts = new int[parameters.size()];
        if (!new ArgumentMatch(parameters, supplied, counts, parameters.size(), true, run).from(0, 0)) {
            throw mismatch(supplied, arguments, run);
        }
        return validated(supplied, counts, arguments, context);
    }

    private List<? extends @Nullable Object> validated(
            char[] supplied, int[] counts, List<? extends @Nullable Object> arguments, @Nullable Object context) {
        var values = new ArrayList<@Nullable Object>(Math.max(parameters.size(), supplied.length));
        var next = 0;
        for (var i = 0; i < counts.length; i++) {
            var parameter = parameters.get(i);
            if (counts[i] == 0) {
                if (parameter.context()) {
                    if (parameter.accepted().indexOf(ArgumentKind.of(context)) < 0) {
                        throw ExpressionFault.ofArgument("T0411", next + 1, context);
                    }
                    values.add(context);
                } else {
                    values.add(next < arguments.size() ? arguments.get(next) : Nothing.NOTHING);
                    next++;
                }
            }
            for (var n = 0; n < counts[i]; n++) {
                // A parameter that was taken from the context has used up no argument, so there may be one argument too
                // few.
                @Nullable Object argument = next < arguments.size() ? arguments.get(next) : Nothing.NOTHING;
                values.add(parameter.symbol() == 'a' ? parameter.array(argument, next + 1) : argument);
                next++;
            }
        }
        return values;
    }

    /** Which argument is the first that does not fit. */
    private ExpressionFault mismatch(char[] supplied, List<? extends @Nullable Object> arguments, Run run) {
        var good = 0;
        for (var count = 1; count <= parameters.size(); count++) {
            var counts = new int[parameters.size()];
            if (!new ArgumentMatch(parameters, supplied, counts, count, false, run).from(0, 0)) {
                break;
            }
            good = 0;
            for (var i = 0; i < count; i++) {
                good += counts[i];
            }
        }
        @Nullable Object bad = good < arguments.size() ? arguments.get(good) : Nothing.NOTHING;
        return ExpressionFault.ofArgument("T0410", good + 1, bad);
    }
}
