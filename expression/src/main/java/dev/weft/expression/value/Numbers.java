package dev.weft.expression.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Operations on numbers: the language computes in doubles. Numbers of a message keep their type and digits as long as
 * nothing is computed with them.
 */
public final class Numbers {

    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);

    /** A double has no more decimals, nor digits before the point. */
    private static final int PRECISION = 400;

    private Numbers() {}

    public static boolean isNumber(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return false;
        }
        if (value instanceof Integer || value instanceof Long) {
            return true;
        }
        var nearest = number.doubleValue();
        // Like the reference, throws rather than answer no: an overflowed number must not pass for another type.
        if (Double.isInfinite(nearest)) {
            throw ExpressionFault.of("D1001", "Infinity");
        }
        return !Double.isNaN(nearest);
    }

    public static boolean areNumbers(List<?> list, Run run) {
        for (var element : list) {
            run.step();
            if (!isNumber(element)) {
                return false;
            }
        }
        return true;
    }

    public static boolean isWhole(double number) {
        return number == Math.rint(number) && !Double.isInfinite(number);
    }

    public static Number whole(long number) {
        if (number == (int) number) {
            return (int) number;
        }
        return number;
    }

    /** Whole numbers to their last digit, all others as doubles. */
    public static int compare(Number a, Number b) {
        if ((a instanceof Integer || a instanceof Long) && (b instanceof Integer || b instanceof Long)) {
            // Compared as longs: as doubles two ids beyond 2^53 could be equal, and a sort would leave them in their
            // order.
            return Long.compare(a.longValue(), b.longValue());
        }
        var x = a.doubleValue();
        var y = b.doubleValue();
        return x < y ? -1 : x > y ? 1 : 0;
    }

    /** As JSON; fractions with up to 15 digits. */
    public static String json(Number number) {
        if (number instanceof Integer || number instanceof Long) {
            return number.toString();
        }
        var nearest = number.doubleValue();
        // JSON has no NaN; JSON.stringify of JavaScript writes null for it, and so does the reference.
        if (Double.isNaN(nearest)) {
            return "null";
        }
        if (isWhole(nearest)) {
            return ShortestDigits.of(nearest);
        }
        var shown = ShortestDigits.of(nearest);
        // So few characters have at most 15 digits, which rounding would not change.
        if (shown.length() <= 15) {
            return shown;
        }
        return ShortestDigits.of(new BigDecimal(nearest).round(SHOWN).doubleValue());
    }

    /**
     * As a text outside of expressions, such as a header: as {@link #json}, but a number that no double holds, such as a
     * long id, keeps its digits.
     */
    public static String text(Number number) {
        var decimal = switch (number) {
            case BigDecimal given -> given;
            case BigInteger given -> new BigDecimal(given);
            default -> null;
        };
        if (decimal == null || isDouble(decimal)) {
            return json(number);
        }
        // Written out in full, 1e400 would have as many digits as it says.
        return Math.abs((long) decimal.precision() - decimal.scale()) > PRECISION
                ? decimal.toString().toLowerCase(Locale.ROOT)
                : decimal.toPlainString();
    }

    /** Whether the digits are those by which a double is known. */
    private static boolean isDouble(BigDecimal decimal) {
        var nearest = decimal.doubleValue();
        return !Double.isInfinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0;
    }

    /** To the nearest, of two as near ones to the even one. */
    public static double round(double number, double precision) {
        if (!Double.isFinite(number)) {
            throw ExpressionFault.of("D1001", "Infinity");
        }
        var places = (int) Math.clamp(precision, -PRECISION, PRECISION);
        // The shown decimal digits are rounded: the double 2.675 lies a little below. Adding 0.0 turns -0 into 0.
        return places == 0
                ? Math.rint(number) + 0.0
                : new BigDecimal(Double.toString(number))
                                .setScale(places, RoundingMode.HALF_EVEN)
                                .doubleValue()
                        + 0.0;
    }
}
