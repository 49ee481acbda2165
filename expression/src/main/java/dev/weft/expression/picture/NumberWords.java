package dev.weft.expression.picture;

import java.util.Locale;
import java.util.regex.Pattern;

/** Integers in English words. */
record NumberWords(LetterCase letters, boolean ordinal) implements IntegerStyle {

    private static final Pattern GAPS = Pattern.compile(",\\s|\\sand\\s|[\\s\\\\-]");

    @Override
    public String format(double value) {
        return letters.of(words(value, false, ordinal));
    }

    private static String words(double number, boolean behind, boolean ordinal) {
        if (number <= 19) {
            return (behind ? " and " : "") + (ordinal ? EnglishNumbers.ORDINALS : EnglishNumbers.FEW).get((int) number);
        }
        if (number < 100) {
            var decade = (behind ? " and " : "") + EnglishNumbers.DECADES.get((int) (number / 10) - 2);
            if (number % 10 > 0) {
                return decade + "-" + words(number % 10, false, ordinal);
            }
            return ordinal ? decade.substring(0, decade.length() - 1) + "ieth" : decade;
        }
        if (number < 1000) {
            return (behind ? ", " : "") + EnglishNumbers.FEW.get((int) (number / 100)) + " Hundred"
                    + rest(number % 100, ordinal);
        }
        var magnitude = (int) Math.min(EnglishNumbers.MAGNITUDES.size(), Math.floor(Math.log10(number) / 3));
        var factor = Math.pow(10, magnitude * 3);
        var mantissa = Math.floor(number / factor);
        return (behind ? ", " : "")
                + words(mantissa, false, false)
                + " "
                + EnglishNumbers.MAGNITUDES.get(magnitude - 1)
                + rest(number - mantissa * factor, ordinal);
    }

    private static String rest(double rest, boolean ordinal) {
        return rest > 0 ? words(rest, true, ordinal) : ordinal ? "th" : "";
    }

    @Override
    public String regex() {
        return "(?:" + String.join("|", EnglishNumbers.all()) + "|and|[\\-, ])+";
    }

    @Override
    public double parse(String text) {
        var sum = 0.0;
        var segment = 0.0;
        for (var word : GAPS.split(text.toLowerCase(Locale.ROOT), -1)) {
            var value = EnglishNumbers.value(word);
            if (value < 100) {
                if (segment >= 1000) {
                    sum += segment;
                    segment = 0;
                }
                segment += value;
            } else {
                segment *= value;
            }
        }
        return sum + segment;
    }
}
