package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.ShortestDigits;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Integers in decimal digits: {@code #,##0}. */
final class DecimalDigits implements IntegerStyle {

    private static final int PADDING = 1_000;

    private final int zero;
    private final int optional;
    private final DigitSeparators separators;
    private final boolean ordinal;
    private int mandatory;
    /** How many digits are read when another number follows at once; negative for any. */
    private int width = -1;

    private DecimalDigits(int zero, int optional, int mandatory, DigitSeparators separators, boolean ordinal) {
        this.zero = zero;
        this.optional = optional;
        this.mandatory = mandatory;
        this.separators = separators;
        this.ordinal = ordinal;
    }

    static DecimalDigits of(String format, boolean ordinal) {
        var separators = new ArrayList<DigitSeparators.Separator>();
        var optional = 0;
        var mandatory = 0;
        @Nullable Integer script = null;
        // A separator's place is counted in digits from the right, so the picture is read from its end.
        for (var point : format.codePoints().boxed().toList().reversed()) {
            var zero = ScriptDigits.zero(point);
            if (zero >= 0) {
                if (script != null && script != zero) {
                    throw ExpressionFault.of("D3131");
                }
                script = zero;
                mandatory++;
            } else if (point == '#') {
                optional++;
            } else {
                separators.add(new DigitSeparators.Separator(mandatory + optional, Character.toString(point)));
            }
        }
        if (script == null) {
            throw ExpressionFault.of("D3130", format);
        }
        return new DecimalDigits(script, optional, mandatory, DigitSeparators.of(separators), ordinal);
    }

    int mandatory() {
        return mandatory;
    }

    void mandatory(int digits) {
        mandatory = Math.min(digits, PADDING);
    }

    int size() {
        return mandatory + optional;
    }

    DigitSeparators separators() {
        return separators;
    }

    /** Another number follows at once. */
    void exact() {
        width = mandatory;
    }

    @Override
    public String format(double value) {
        var plain = ShortestDigits.of(value);
        var digits = "0".repeat(Math.max(0, mandatory - plain.length())) + plain;
        var text = separators.into(ScriptDigits.write(digits, zero));
        return ordinal ? text + suffix(text) : text;
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

    @Override
    public String regex() {
        return "[0-9]" + (width > 0 ? "{" + width + "}" : "+") + (ordinal ? "(?:th|st|nd|rd)" : "");
    }

    @Override
    public double parse(String text) {
        var digits = ordinal ? text.substring(0, Math.max(0, text.length() - 2)) : text;
        return ScriptDigits.leading(separators.outOf(digits), zero);
    }
}
