package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import java.util.Locale;

/** Integers as Roman numerals. */
record RomanNumerals(LetterCase letters) implements IntegerStyle {

    private static final int[] ROMAN = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final String[] NUMERALS = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
    private static final double MOST_ROMAN = 1e7;

    @Override
    public String format(double number) {
        if (number > MOST_ROMAN) {
            throw ExpressionFault.bound("Roman numerals are written for numbers of up to 10,000,000.");
        }
        var roman = new StringBuilder();
        var rest = number;
        for (var i = 0; i < ROMAN.length; i++) {
            while (rest >= ROMAN[i]) {
                roman.append(NUMERALS[i]);
                rest -= ROMAN[i];
            }
        }
        return letters.of(roman.toString());
    }

    @Override
    public String regex() {
        return letters == LetterCase.UPPER ? "[MDCLXVI]+" : "[mdclxvi]+";
    }

    @Override
    public double parse(String text) {
        var roman = letters == LetterCase.UPPER ? text : text.toUpperCase(Locale.ROOT);
        var number = 0.0;
        var highest = 1;
        for (var i = roman.length() - 1; i >= 0; i--) {
            var value = switch (roman.charAt(i)) {
                case 'M' -> 1000;
                case 'D' -> 500;
                case 'C' -> 100;
                case 'L' -> 50;
                case 'X' -> 10;
                case 'V' -> 5;
                case 'I' -> 1;
                default -> 0;
            };
            if (value == 0) {
                return Double.NaN;
            }
            if (value < highest) {
                number -= value;
            } else {
                highest = value;
                number += value;
            }
        }
        return number;
    }
}
