package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a number is written: {@code #,##0.00}, {@code 01%}, {@code 0.0e0}, with a second part for negative ones behind a semicolon.
 *
 * <p>Source: XPath and XQuery Functions and Operators 3.1, fn:format-number; its rules are in the order of 4.7.3 to 4.7.5.
 */
public final class NumberPicture {

    private static final int DIGITS = 100;
    /** Characters that a symbol may have; most have one. */
    private static final int SYMBOL = 10;

    private final Map<String, String> symbols;
    private final String digits;

    private NumberPicture(Map<?, ?> options) {
        var chosen = new HashMap<>(Map.of(
                "decimal-separator", ".",
                "grouping-separator", ",",
                "exponent-separator", "e",
                "minus-sign", "-",
                "percent", "%",
                "per-mille", "\u2030",
                "zero-digit", "0",
                "digit", "#",
                "pattern-separator", ";"));
        options.forEach((name, symbol) -> chosen.put(String.valueOf(name), checked(symbol)));
        this.symbols = chosen;
        var family = new StringBuilder();
        var zero = symbol("zero-digit").isEmpty() ? '0' : symbol("zero-digit").charAt(0);
        for (var digit = 0; digit < 10; digit++) {
            family.append((char) (zero + digit));
        }
        this.digits = family.toString();
    }

    private static String checked(@Nullable Object symbol) {
        if (symbol instanceof String text && text.length() <= SYMBOL) {
            return text;
        }
        throw ExpressionFault.ofArgument("T0410", 3, symbol);
    }

    /** @param options symbols by their names, such as {@code {"decimal-separator": ","}} */
    public static String format(double number, String picture, Map<?, ?> options) {
        return new NumberPicture(options).format(number, picture);
    }

    private String symbol(String name) {
        return symbols.getOrDefault(name, "");
    }

    private String format(double number, String picture) {
        if (!Double.isFinite(number)) {
            throw ExpressionFault.of("D1001", "Infinity");
        }
        IntegerPicture.checkLength(picture);
        var separator = symbol("pattern-separator");
        var pictures = separator.isEmpty() ? List.of(picture) : List.of(picture.split(Pattern.quote(separator), -1));
        if (pictures.size() > 2) {
            throw ExpressionFault.of("D3080");
        }
        var parts = pictures.stream().map(this::parts).toList();
        parts.forEach(this::check);
        var analysed = parts.stream().map(this::analysed).toList();
        if (number >= 0) {
            return write(number, analysed.getFirst(), "");
        }
        return write(number, analysed.getLast(), analysed.size() == 1 ? symbol("minus-sign") : "");
    }

    private boolean isDigit(char c) {
        return digits.indexOf(c) >= 0;
    }

    private boolean isAnyDigit(char c) {
        return isDigit(c) || is(c, "digit");
    }

    private boolean is(char c, String name) {
        return symbol(name).equals(String.valueOf(c));
    }

    private boolean isActive(char c) {
        return isAnyDigit(c)
                || is(c, "decimal-separator")
                || is(c, "exponent-separator")
                || is(c, "grouping-separator")
                || is(c, "pattern-separator");
    }

    private Parts parts(String picture) {
        var start = 0;
        var end = picture.length();
        while (start < end && !isEdge(picture.charAt(start))) {
            start++;
        }
        while (end > start && !isEdge(picture.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            // Without any digit nothing is before or behind them.
            start = 0;
            end = picture.length();
        }
        var active = picture.substring(start, end);
        var exponent = picture.indexOf(symbol("exponent-separator"), start);
        var hasExponent = exponent >= 0 && exponent <= end && exponent < start + active.length() + 1;
        var at = Math.min(exponent < 0 ? 0 : exponent, active.length());
        var mantissa = hasExponent ? active.substring(0, at) : active;
        var suffix = picture.substring(end);
        var point = mantissa.indexOf(symbol("decimal-separator"));
        return new Parts(
                picture,
                picture.substring(0, start),
                suffix,
                active,
                mantissa,
                hasExponent ? active.substring(Math.min(exponent + 1, active.length())) : null,
                point < 0 ? mantissa : mantissa.substring(0, point),
                // Without a decimal separator the reference takes the suffix for the fraction, in which no digit can
                // be.
                point < 0 ? suffix : mantissa.substring(point + 1));
    }

    private boolean isEdge(char c) {
        return isActive(c) && !is(c, "exponent-separator");
    }

    private void check(Parts parts) {
        var picture = parts.picture;
        var point = symbol("decimal-separator");
        var comma = symbol("grouping-separator");
        // All are looked at, and the last that is broken is told.
        var broken = "";
        if (isRepeated(picture, point)) {
            broken = "D3081";
        }
        if (isRepeated(picture, symbol("percent"))) {
            broken = "D3082";
        }
        if (isRepeated(picture, symbol("per-mille"))) {
            broken = "D3083";
        }
        if (picture.contains(symbol("percent")) && picture.contains(symbol("per-mille"))) {
            broken = "D3084";
        }
        if (parts.mantissa.chars().noneMatch(c -> isAnyDigit((char) c))) {
            broken = "D3085";
        }
        if (!parts.active.chars().allMatch(c -> isActive((char) c))) {
            broken = "D3086";
        }
        if (picture.contains(point)) {
            if (picture.contains(comma + point) || picture.contains(point + comma)) {
                broken = "D3087";
            }
        } else if (parts.integer.endsWith(comma)) {
            broken = "D3088";
        }
        if (picture.contains(comma + comma)) {
            broken = "D3089";
        }
        var optional = parts.integer.indexOf(symbol("digit"));
        if (optional >= 0 && count(parts.integer.substring(0, optional), false) > 0) {
            broken = "D3090";
        }
        optional = parts.fraction.lastIndexOf(symbol("digit"));
        if (optional >= 0 && count(parts.fraction.substring(optional), false) > 0) {
            broken = "D3091";
        }
        var exponent = parts.exponent;
        if (exponent != null) {
            if (!exponent.isEmpty() && (picture.contains(symbol("percent")) || picture.contains(symbol("per-mille")))) {
                broken = "D3092";
            }
            if (exponent.isEmpty() || count(exponent, false) < exponent.length()) {
                broken = "D3093";
            }
        }
        if (!broken.isEmpty()) {
            throw ExpressionFault.of(broken);
        }
    }

    private static boolean isRepeated(String picture, String symbol) {
        return picture.indexOf(symbol) != picture.lastIndexOf(symbol);
    }

    private int count(String part, boolean optionalToo) {
        return (int) part.chars()
                .filter(c -> optionalToo ? isAnyDigit((char) c) : isDigit((char) c))
                .count();
    }

    private Analysed analysed(Parts parts) {
        var integers = count(parts.integer, false);
        var scale = integers;
        var least = count(parts.fraction, false);
        var most = count(parts.fraction, true);
        var exponent = parts.exponent;
        if (integers == 0 && most == 0) {
            if (exponent == null) {
                integers = 1;
            } else {
                least = 1;
                most = 1;
            }
        }
        if (exponent != null && integers == 0 && parts.integer.contains(symbol("digit"))) {
            integers = 1;
        }
        if (integers == 0 && least == 0) {
            least = 1;
        }
        if (most > DIGITS) {
            throw ExpressionFault.bound("A picture has at most " + DIGITS + " digits behind the decimal separator.");
        }
        var groups = new ArrayList<Integer>();
        var comma = symbol("grouping-separator");
        for (var at = parts.integer.indexOf(comma); at >= 0 && !comma.isEmpty(); ) {
            groups.add(count(parts.integer.substring(at), true));
            at = parts.integer.indexOf(comma, at + 1);
        }
        var fractions = new ArrayList<Integer>();
        for (var at = parts.fraction.indexOf(comma); at >= 0 && !comma.isEmpty(); ) {
            fractions.add(count(parts.fraction.substring(0, at), true));
            at = parts.fraction.indexOf(comma, at + 1);
        }
        return new Analysed(
                parts,
                groups,
                groups.isEmpty() ? 0 : IntegerPicture.common(groups),
                fractions,
                integers,
                scale,
                least,
                most,
                exponent == null ? 0 : count(exponent, false));
    }

    private String write(double number, Analysed picture, String sign) {
        var mantissa = number;
        if (picture.parts.picture.contains(symbol("percent"))) {
            mantissa *= 100;
        } else if (picture.parts.picture.contains(symbol("per-mille"))) {
            mantissa *= 1000;
        }
        var exponent = 0;
        // Zero would be multiplied for ever without reaching the least mantissa.
        if (picture.exponent > 0 && mantissa != 0) {
            var most = Math.pow(10, picture.scale);
            var least = Math.pow(10, picture.scale - 1.0);
            while (Math.abs(mantissa) < least) {
                mantissa *= 10;
                exponent--;
            }
            while (Math.abs(mantissa) > most) {
                mantissa /= 10;
                exponent++;
            }
        }
        var text = grouped(digits(Numbers.round(mantissa, picture.most), picture), picture);
        var point = symbol("decimal-separator");
        if (!picture.parts.picture.contains(point) || text.endsWith(point)) {
            text = text.substring(0, text.length() - 1);
        }
        if (picture.exponent > 0) {
            var digitsOfIt = family(String.valueOf(Math.abs(exponent)));
            text += symbol("exponent-separator")
                    + (exponent < 0 ? symbol("minus-sign") : "")
                    + zeros(picture.exponent - digitsOfIt.length())
                    + digitsOfIt;
        }
        return sign + picture.parts.prefix + text + picture.parts.suffix;
    }

    /** With a decimal separator always, and no more zeros at both ends than the picture wants. */
    private String digits(double number, Analysed picture) {
        var plain = new BigDecimal(Math.abs(number))
                // The number is rounded already, to even; this mode only cuts off the digits of its binary fraction.
                .setScale(picture.most, RoundingMode.HALF_UP)
                .toPlainString();
        var point = plain.indexOf('.');
        var integer = family(point < 0 ? plain : plain.substring(0, point));
        var fraction = point < 0 ? "" : family(plain.substring(point + 1));
        var zero = digits.charAt(0);
        while (!integer.isEmpty() && integer.charAt(0) == zero) {
            integer = integer.substring(1);
        }
        while (fraction.endsWith(String.valueOf(zero))) {
            fraction = fraction.substring(0, fraction.length() - 1);
        }
        return zeros(picture.integers - integer.length())
                + integer
                + symbol("decimal-separator")
                + fraction
                + zeros(picture.least - fraction.length());
    }

    private String grouped(String text, Analysed picture) {
        var comma = symbol("grouping-separator");
        var result = new StringBuilder(text);
        var point = text.indexOf(symbol("decimal-separator"));
        if (picture.regular > 0) {
            for (var group = 1; group <= (point - 1) / picture.regular; group++) {
                result.insert(point - group * picture.regular, comma);
            }
        } else {
            var shifted = point;
            for (var group : picture.groups) {
                // Left of the first digit none is needed.
                if (shifted - group > 0) {
                    result.insert(shifted - group, comma);
                    shifted += comma.length();
                }
            }
        }
        var end = result.indexOf(symbol("decimal-separator"));
        for (var group : picture.fractions) {
            if (group + end + 1 < result.length()) {
                result.insert(group + end + 1, comma);
            }
        }
        return result.toString();
    }

    private String family(String plain) {
        if (digits.charAt(0) == '0') {
            return plain;
        }
        var text = new StringBuilder();
        plain.chars().forEach(c -> text.append(c >= '0' && c <= '9' ? digits.charAt(c - '0') : (char) c));
        return text.toString();
    }

    private String zeros(int count) {
        return count <= 0 ? "" : String.valueOf(digits.charAt(0)).repeat(count);
    }

    /** A picture in its parts; {@code exponent} is null without one. */
    private record Parts(
            String picture,
            String prefix,
            String suffix,
            String active,
            String mantissa,
            @Nullable String exponent,
            String integer,
            String fraction) {}

    /**
     * What a picture asks for.
     *
     * @param groups   digits right of each separator of the integer part
     * @param regular  the distance of those, 0 when it differs
     * @param integers digits before the point, at least
     * @param least    digits behind it, at least
     */
    private record Analysed(
            Parts parts,
            List<Integer> groups,
            int regular,
            List<Integer> fractions,
            int integers,
            int scale,
            int least,
            int most,
            int exponent) {}
}
