package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import org.jspecify.annotations.Nullable;

/**
 * The form in which an integer is written: {@code #,##0}, {@code 1;o} (1st), {@code i}, {@code A}, {@code w}.
 *
 * <p>Source: XPath and XQuery Functions and Operators 3.1, fn:format-integer.
 */
public final class IntegerPicture {

    /** Characters of a picture; what it costs may grow with the square of them. */
    private static final int LENGTH = 1_000;
    /** Characters of an integer that is read; ten million as a Roman numeral is 10,000 letters. */
    private static final int READ = 11_000;

    private final IntegerStyle style;

    private IntegerPicture(IntegerStyle style) {
        this.style = style;
    }

    public static void checkLength(String picture) {
        if (picture.length() > LENGTH) {
            throw ExpressionFault.bound("A picture has at most " + LENGTH + " characters.");
        }
    }

    public static IntegerPicture of(String picture) {
        checkLength(picture);
        var semicolon = picture.lastIndexOf(';');
        var format = semicolon < 0 ? picture : picture.substring(0, semicolon);
        var ordinal = semicolon >= 0 && picture.startsWith("o", semicolon + 1);
        return new IntegerPicture(
                switch (format) {
                    case "A" -> new AlphabetNumbers(LetterCase.UPPER);
                    case "a" -> new AlphabetNumbers(LetterCase.LOWER);
                    case "I" -> new RomanNumerals(LetterCase.UPPER);
                    case "i" -> new RomanNumerals(LetterCase.LOWER);
                    case "W" -> new NumberWords(LetterCase.UPPER, ordinal);
                    case "Ww" -> new NumberWords(LetterCase.TITLE, ordinal);
                    case "w" -> new NumberWords(LetterCase.LOWER, ordinal);
                    default -> DecimalDigits.of(format, ordinal);
                });
    }

    /** The integer that a text begins with; not a number when it begins with none. */
    public static double leading(String text) {
        return ScriptDigits.leading(text, '0');
    }

    /** How many digits it has at least; 0 where it is not written in digits. */
    public int mandatory() {
        return style instanceof DecimalDigits digits ? digits.mandatory() : 0;
    }

    public void mandatory(int least) {
        if (style instanceof DecimalDigits digits) {
            digits.mandatory(least);
        }
    }

    /** How many digits the picture has. */
    public int size() {
        return style instanceof DecimalDigits digits ? digits.size() : 0;
    }

    public boolean isRegular() {
        return separator() != null;
    }

    /** The one that stands between all groups of digits of one size. */
    @Nullable
    public String separator() {
        return style instanceof DecimalDigits digits ? digits.separators().single() : null;
    }

    /** Another number follows at once. */
    public void exact() {
        if (style instanceof DecimalDigits digits) {
            digits.exact();
        }
    }

    public String format(double number) {
        if (!Double.isFinite(number)) {
            throw ExpressionFault.of("D1001", "Infinity");
        }
        var text = style.format(Math.abs(number));
        return number < 0 ? "-" + text : text;
    }

    /** What a text of it looks like. */
    public String regex() {
        return style.regex();
    }

    /** @throws ExpressionFault when it is no number */
    public double parse(String text) {
        var number = text.length() > READ ? Double.NaN : style.parse(text);
        if (Double.isNaN(number)) {
            throw ExpressionFault.of("D3030", text);
        }
        return number;
    }
}
