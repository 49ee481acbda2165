package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an integer is written: {@code #,##0}, {@code 1;o} (1st), {@code i}, {@code A}, {@code w}.
 *
 * <p>Source: XPath and XQuery Functions and Operators 3.1, fn:format-integer.
 */
public final class IntegerPicture {

    /** The zeros of the scripts that have digits. */
    private static final int[] ZEROS = {
        0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
        0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
        0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10
    };

    private static final int PADDING = 1_000;
    /** Characters of a picture; what it costs may grow with the square of them. */
    private static final int LENGTH = 1_000;
    /** Characters of an integer that is read; ten million as a Roman numeral is 10,000 letters. */
    private static final int READ = 11_000;

    private final Style style;
    private final Letters letters;
    private final boolean ordinal;
    private int zero = '0';
    private int optional;
    private List<Separator> separators = List.of();
    /** With one separator after each so many digits; 0 when they are irregular. */
    private int regular;

    private int mandatory;
    /** How many digits are read when another number follows at once; negative for any. */
    private int width = -1;

    private IntegerPicture(Style style, Letters letters, boolean ordinal) {
        this.style = style;
        this.letters = letters;
        this.ordinal = ordinal;
    }

    static void checkLength(String picture) {
        if (picture.length() > LENGTH) {
            throw ExpressionFault.bound("A picture has at most " + LENGTH + " characters.");
        }
    }

    public static IntegerPicture of(String picture) {
        checkLength(picture);
        var semicolon = picture.lastIndexOf(';');
        var format = semicolon < 0 ? picture : picture.substring(0, semicolon);
        var ordinal = semicolon >= 0 && picture.startsWith("o", semicolon + 1);
        return switch (format) {
            case "A" -> new IntegerPicture(Style.LETTERS, Letters.UPPER, ordinal);
            case "a" -> new IntegerPicture(Style.LETTERS, Letters.LOWER, ordinal);
            case "I" -> new IntegerPicture(Style.ROMAN, Letters.UPPER, ordinal);
            case "i" -> new IntegerPicture(Style.ROMAN, Letters.LOWER, ordinal);
            case "W" -> new IntegerPicture(Style.WORDS, Letters.UPPER, ordinal);
            case "Ww" -> new IntegerPicture(Style.WORDS, Letters.TITLE, ordinal);
            case "w" -> new IntegerPicture(Style.WORDS, Letters.LOWER, ordinal);
            default -> digits(format, ordinal);
        };
    }

    private static IntegerPicture digits(String format, boolean ordinal) {
        var picture = new IntegerPicture(Style.DIGITS, Letters.LOWER, ordinal);
        var separators = new ArrayList<Separator>();
        var position = 0;
        @Nullable Integer script = null;
        // Separators are placed by the digits behind them, so the picture is read from its end.
        for (var point : format.codePoints().boxed().toList().reversed()) {
            var zero = zero(point);
            if (zero >= 0) {
                if (script != null && script != zero) {
                    throw ExpressionFault.of("D3131");
                }
                script = zero;
                picture.mandatory++;
                position++;
            } else if (point == '#') {
                picture.optional++;
                position++;
            } else {
                separators.add(new Separator(position, Character.toString(point)));
            }
        }
        if (script == null) {
            throw ExpressionFault.of("D3130", format);
        }
        picture.zero = script;
        picture.separators = separators;
        picture.regular = regular(separators);
        return picture;
    }

    private static int zero(int point) {
        for (var zero : ZEROS) {
            if (point >= zero && point <= zero + 9) {
                return zero;
            }
        }
        return -1;
    }

    private static int regular(List<Separator> separators) {
        if (separators.isEmpty()
                || separators.stream().map(Separator::text).distinct().count() > 1) {
            return 0;
        }
        return common(separators.stream().map(Separator::position).toList());
    }

    /** The distance when the positions are its first multiples; else 0. */
    static int common(List<Integer> positions) {
        var factor = positions.stream().reduce(0, IntegerPicture::divisor);
        for (var i = 1; i <= positions.size(); i++) {
            if (!positions.contains(i * factor)) {
                return 0;
            }
        }
        return factor;
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    int mandatory() {
        return mandatory;
    }

    void mandatory(int digits) {
        mandatory = Math.min(digits, PADDING);
    }

    int size() {
        return style == Style.DIGITS ? mandatory + optional : 0;
    }

    boolean isRegular() {
        return regular > 0;
    }

    @Nullable
    String separator() {
        return regular > 0 ? separators.getFirst().text() : null;
    }

    /** Another number follows at once. */
    void exact() {
        width = mandatory;
    }

    public String format(double number) {
        if (!Double.isFinite(number)) {
            throw ExpressionFault.of("D1001", "Infinity");
        }
        var value = Math.abs(number);
        var text = switch (style) {
            case LETTERS -> NumberWords.letters(value, letters == Letters.UPPER ? 'A' : 'a');
            case ROMAN -> cased(NumberWords.roman(value));
            case WORDS -> cased(NumberWords.words(value, ordinal));
            case DIGITS -> decimal(value);
        };
        return number < 0 ? "-" + text : text;
    }

    private String cased(String text) {
        return switch (letters) {
            case UPPER -> text.toUpperCase(Locale.ROOT);
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case TITLE -> text;
        };
    }

    private String decimal(double value) {
        var digits = Numbers.plain(value);
        digits = "0".repeat(Math.max(0, mandatory - digits.length())) + digits;
        if (zero != '0') {
            var script = new StringBuilder();
            digits.chars().forEach(digit -> script.appendCodePoint(digit - '0' + zero));
            digits = script.toString();
        }
        var text = separated(digits);
        return ordinal ? text + suffix(text) : text;
    }

    private String separated(String digits) {
        var text = new StringBuilder(digits);
        if (regular > 0) {
            for (var i = (digits.length() - 1) / regular; i > 0; i--) {
                text.insert(text.length() - i * regular, separators.getFirst().text());
            }
        } else {
            for (var separator : separators.reversed()) {
                var at = text.length() - separator.position;
                // Left of the first digit none is needed.
                if (at > 0) {
                    text.insert(at, separator.text);
                }
            }
        }
        return text.toString();
    }

    private static String suffix(String text) {
        var teens = text.length() > 1 && text.charAt(text.length() - 2) == '1';
        return teens
                ? "th"
                : switch (text.charAt(text.length() - 1)) {
                    case '1' -> "st";
                    case '2' -> "nd";
                    case '3' -> "rd";
                    default -> "th";
                };
    }

    /** What a text of it looks like. */
    String regex() {
        return switch (style) {
            case LETTERS -> letters == Letters.UPPER ? "[A-Z]+" : "[a-z]+";
            case ROMAN -> letters == Letters.UPPER ? "[MDCLXVI]+" : "[mdclxvi]+";
            case WORDS -> "(?:" + String.join("|", NumberWords.words()) + "|and|[\\-, ])+";
            case DIGITS -> "[0-9]" + (width > 0 ? "{" + width + "}" : "+") + (ordinal ? "(?:th|st|nd|rd)" : "");
        };
    }

    /** @throws ExpressionFault when it is no number */
    public double parse(String text) {
        if (text.length() > READ) {
            throw ExpressionFault.of("D3030", text);
        }
        var number = switch (style) {
            case LETTERS -> NumberWords.fromLetters(text, letters == Letters.UPPER ? 'A' : 'a');
            case ROMAN -> NumberWords.fromRoman(letters == Letters.UPPER ? text : text.toUpperCase(Locale.ROOT));
            case WORDS -> NumberWords.fromWords(text.toLowerCase(Locale.ROOT));
            case DIGITS -> parseDigits(text);
        };
        if (Double.isNaN(number)) {
            throw ExpressionFault.of("D3030", text);
        }
        return number;
    }

    private double parseDigits(String text) {
        var digits = ordinal ? text.substring(0, Math.max(0, text.length() - 2)) : text;
        if (regular > 0) {
            // The reference takes out commas here, whatever the separator of the picture is.
            digits = digits.replace(",", "");
        } else {
            for (var separator : separators) {
                digits = digits.replace(separator.text, "");
            }
        }
        return leading(digits, zero);
    }

    /** The integer that a text begins with; not a number when it begins with none. */
    static double leading(String text, int zero) {
        // This is parseInt of JavaScript: it reads a sign and digits, and does not look at what follows.
        var stripped = text.strip();
        var sign = stripped.startsWith("-") ? -1 : 1;
        var start = stripped.startsWith("-") || stripped.startsWith("+") ? 1 : 0;
        var end = start;
        while (end < stripped.length() && stripped.charAt(end) >= zero && stripped.charAt(end) <= zero + 9) {
            end++;
        }
        if (end == start) {
            return Double.NaN;
        }
        var digits = new StringBuilder();
        stripped.substring(start, end).chars().forEach(digit -> digits.append((char) (digit - zero + '0')));
        return sign * Double.parseDouble(digits.toString());
    }

    private enum Style {
        DIGITS,
        LETTERS,
        ROMAN,
        WORDS
    }

    private enum Letters {
        UPPER,
        LOWER,
        TITLE
    }

    /** @param position digits behind it */
    private record Separator(int position, String text) {}
}
