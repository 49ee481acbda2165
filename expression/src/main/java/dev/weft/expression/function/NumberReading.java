package dev.weft.expression.function;

import dev.weft.expression.value.ExpressionFault;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code $number}: values of other kinds as numbers. */
final class NumberReading {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
    private static final Pattern PREFIXED = Pattern.compile("0([xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)");

    private NumberReading() {}

    static @Nullable Object number(@Nullable Object value) {
        switch (value) {
            case Number number -> {
                return number;
            }
            case Boolean truth -> {
                return truth ? 1 : 0;
            }
            case String text -> {
                // parseDouble alone would also take 5d, NaN and blanks around a number.
                if (DECIMAL.matcher(text).matches()) {
                    var number = Double.parseDouble(text);
                    if (Double.isFinite(number)) {
                        return number;
                    }
                } else if (PREFIXED.matcher(text).matches()) {
                    return prefixed(text);
                }
            }
            case null, default -> {}
        }
        throw ExpressionFault.ofArgument("D3030", 1, value);
    }

    private static double prefixed(String text) {
        var radix = switch (text.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            default -> 2;
        };
        var number = 0.0;
        for (var i = 2; i < text.length(); i++) {
            number = number * radix + Character.digit(text.charAt(i), radix);
        }
        if (Double.isInfinite(number)) {
            throw ExpressionFault.ofArgument("D3030", 1, text);
        }
        return number;
    }
}
