package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The form in which a number is written: {@code #,##0.00}, {@code 01%}, {@code 0.0e0}, with a second part for negative
 * ones behind a semicolon.
 *
 * <p>Source: XPath and XQuery Functions and Operators 3.1, fn:format-number; its rules are in the order of 4.7.3 to
 * 4.7.5.
 */
public final class NumberPicture {

    private final NumberSymbols symbols;

    private NumberPicture(NumberSymbols symbols) {
        this.symbols = symbols;
    }

    /** @param options symbols by their names, such as {@code {"decimal-separator": ","}} */
    public static String format(double number, String picture, Map<?, ?> options) {
        return new NumberPicture(new NumberSymbols(options)).format(number, picture);
    }

    private String format(double number, String picture) {
        if (!Double.isFinite(number)) {
            throw ExpressionFault.of("D1001", "Infinity");
        }
        IntegerPicture.checkLength(picture);
        var separator = symbols.get("pattern-separator");
        var pictures = separator.isEmpty() ? List.of(picture) : List.of(picture.split(Pattern.quote(separator), -1));
        if (pictures.size() > 2) {
            throw ExpressionFault.of("D3080");
        }
        var parts = pictures.stream().map(one -> NumberParts.of(one, symbols)).toList();
        parts.forEach(one -> NumberPictureRules.check(one, symbols));
        var layouts = parts.stream().map(one -> NumberLayout.of(one, symbols)).toList();
        if (number >= 0) {
            return write(number, layouts.getFirst(), "");
        }
        return write(number, layouts.getLast(), layouts.size() == 1 ? symbols.get("minus-sign") : "");
    }

    private String write(double number, NumberLayout picture, String sign) {
        var mantissa = number;
        if (picture.has(symbols.get("percent"))) {
            mantissa *= 100;
        } else if (picture.has(symbols.get("per-mille"))) {
            mantissa *= 1000;
        }
        var exponent = 0;
        // Zero is left out: multiplied, it would never reach the least mantissa.
        if (picture.exponent() > 0 && mantissa != 0) {
            var most = Math.pow(10, picture.scale());
            var least = Math.pow(10, picture.scale() - 1.0);
            while (Math.abs(mantissa) < least) {
                mantissa *= 10;
                exponent--;
            }
            while (Math.abs(mantissa) > most) {
                mantissa /= 10;
                exponent++;
            }
        }
        var text = picture.grouped(digits(Numbers.round(mantissa, picture.most()), picture), symbols);
        var point = symbols.get("decimal-separator");
        if (!picture.has(point) || text.endsWith(point)) {
            text = text.substring(0, text.length() - 1);
        }
        if (picture.exponent() > 0) {
            var digitsOfIt = symbols.family(String.valueOf(Math.abs(exponent)));
            text += symbols.get("exponent-separator")
                    + (exponent < 0 ? symbols.get("minus-sign") : "")
                    + symbols.zeros(picture.exponent() - digitsOfIt.length())
                    + digitsOfIt;
        }
        return sign + picture.parts().prefix() + text + picture.parts().suffix();
    }

    /** With a decimal separator always, and no more zeros at both ends than the picture wants. */
    private String digits(double number, NumberLayout picture) {
        var plain = new BigDecimal(Math.abs(number))
                // The number is already rounded half to even; this only cuts off digits of its binary fraction.
                .setScale(picture.most(), RoundingMode.HALF_UP)
                .toPlainString();
        var point = plain.indexOf('.');
        var integer = symbols.family(point < 0 ? plain : plain.substring(0, point));
        var fraction = point < 0 ? "" : symbols.family(plain.substring(point + 1));
        var zero = symbols.zero();
        while (!integer.isEmpty() && integer.charAt(0) == zero) {
            integer = integer.substring(1);
        }
        while (fraction.endsWith(String.valueOf(zero))) {
            fraction = fraction.substring(0, fraction.length() - 1);
        }
        return symbols.zeros(picture.integers() - integer.length())
                + integer
                + symbols.get("decimal-separator")
                + fraction
                + symbols.zeros(picture.least() - fraction.length());
    }
}
