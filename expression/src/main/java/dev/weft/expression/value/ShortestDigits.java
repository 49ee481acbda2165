package dev.weft.expression.value;

import java.math.BigDecimal;

/** Writes a double with the fewest digits that identify it. */
public final class ShortestDigits {

    private static final double EXACT = 1L << 53;
    private static final int LONGEST = 21;

    private ShortestDigits() {}

    /** The shortest digits that give the number; an exponent from 1e21 on and below 1e-6. */
    public static String of(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        if (Math.abs(number) < EXACT && number == Math.rint(number)) {
            // This writes 0 for -0 as well, as JavaScript does.
            return Long.toString((long) number);
        }
        // Built from the double itself, the decimal of 0.1 would have 55 digits; its text has the shortest ones that
        // identify it.
        var decimal = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
        var digits = decimal.unscaledValue().toString();
        var point = digits.length() - decimal.scale();
        var text = number < 0 ? new StringBuilder("-") : new StringBuilder();
        if (point > LONGEST || point < -5) {
            text.append(digits.charAt(0));
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            return text.append('e')
                    .append(point > 0 ? "+" : "")
                    .append(point - 1)
                    .toString();
        }
        if (point >= digits.length()) {
            return text.append(digits)
                    .append("0".repeat(point - digits.length()))
                    .toString();
        }
        if (point > 0) {
            return text.append(digits, 0, point)
                    .append('.')
                    .append(digits, point, digits.length())
                    .toString();
        }
        return text.append("0.").append("0".repeat(-point)).append(digits).toString();
    }
}
