package dev.weft.expression.definition;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a signature.
 *
 * @param accepted symbols of the accepted types
 * @param elements for an array, the symbol of its elements' type; empty when they may be anything
 * @param often    a question mark or plus, else anything
 */
record SignatureParameter(char symbol, String accepted, String elements, boolean context, char often) {

    /** An argument as the array that it wants. */
    @Nullable
    Object array(@Nullable Object argument, int index) {
        var kind = ArgumentKind.of(argument);
        if (kind == 'm') {
            return Nothing.NOTHING;
        }
        if (!(argument instanceof List<?> list)) {
            if (!elements.isEmpty() && !elements.equals(String.valueOf(kind))) {
                throw ExpressionFault.ofElements(index, argument, elements);
            }
            return Arrays.asList(argument);
        }
        if (!elements.isEmpty()) {
            var wanted = elements.charAt(0);
            for (var element : list) {
                if (ArgumentKind.of(element) != wanted) {
                    throw ExpressionFault.ofElements(index, argument, elements);
                }
            }
        }
        return list;
    }
}
