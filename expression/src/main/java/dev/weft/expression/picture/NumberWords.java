package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Integers in English words, Roman numerals and letters. */
final class NumberWords {

    private static final List<String> FEW = List.of(
            "Zero",
            "One",
            "Two",
            "Three",
            "Four",
            "Five",
            "Six",
            "Seven",
            "Eight",
            "Nine",
            "Ten",
            "Eleven",
            "Twelve",
            "Thirteen",
            "Fourteen",
            "Fifteen",
            "Sixteen",
            "Seventeen",
            "Eighteen",
            "Nineteen");
    private static final List<String> ORDINALS = List.of(
            "Zeroth",
            "First",
            "Second",
            "Third",
            "Fourth",
            "Fifth",
            "Sixth",
            "Seventh",
            "Eighth",
            "Ninth",
            "Tenth",
            "Eleventh",
            "Twelfth",
            "Thirteenth",
            "Fourteenth",
            "Fifteenth",
            "Sixteenth",
            "Seventeenth",
            "Eighteenth",
            "Nineteenth");
    private static final List<String> DECADES =
            List.of("Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety", "Hundred");
    private static final List<String> MAGNITUDES = List.of("Thousand", "Million", "Billion", "Trillion");
    private static final Map<String, Double> VALUES = values();
    private static final Pattern GAPS = Pattern.compile(",\\s|\\sand\\s|[\\s\\\\-]");

    private static final int[] ROMAN = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final String[] NUMERALS = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
    private static final double MOST_ROMAN = 1e7;

    private NumberWords() {}

    private static Map<String, Double> values() {
        var values = new HashMap<String, Double>();
        for (var i = 0; i < FEW.size(); i++) {
            values.put(lower(FEW.get(i)), (double) i);
            values.put(lower(ORDINALS.get(i)), (double) i);
        }
        for (var i = 0; i < DECADES.size(); i++) {
            var word = lower(DECADES.get(i));
            values.put(word, (i + 2) * 10.0);
            values.put(word.substring(0, word.length() - 1) + "ieth", (i + 2) * 10.0);
        }
        values.put("hundredth", 100.0);
        for (var i = 0; i < MAGNITUDES.size(); i++) {
            values.put(lower(MAGNITUDES.get(i)), Math.pow(10, (i + 1) * 3));
            values.put(lower(MAGNITUDES.get(i)) + "th", Math.pow(10, (i + 1) * 3));
        }
        return Map.copyOf(values);
    }

    /** All words that are part of one, longer ones first. */
    static List<String> words() {
        return VALUES.keySet().stream()
                // An alternation takes the first word that fits, which would be "seven" in "seventeen".
                .sorted((a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length())
                .toList();
    }

    static String words(double number, boolean ordinal) {
        return words(number, false, ordinal);
    }

    private static String words(double number, boolean behind, boolean ordinal) {
        if (number <= 19) {
            return (behind ? " and " : "") + (ordinal ? ORDINALS : FEW).get((int) number);
        }
        if (number < 100) {
            var decade = (behind ? " and " : "") + DECADES.get((int) (number / 10) - 2);
            if (number % 10 > 0) {
                return decade + "-" + words(number % 10, false, ordinal);
            }
            return ordinal ? decade.substring(0, decade.length() - 1) + "ieth" : decade;
        }
        if (number < 1000) {
            return (behind ? ", " : "") + FEW.get((int) (number / 100)) + " Hundred" + rest(number % 100, ordinal);
        }
        var magnitude = (int) Math.min(MAGNITUDES.size(), Math.floor(Math.log10(number) / 3));
        var factor = Math.pow(10, magnitude * 3);
        var mantissa = Math.floor(number / factor);
        return (behind ? ", " : "")
                + words(mantissa, false, false)
                + " "
                + MAGNITUDES.get(magnitude - 1)
                + rest(number - mantissa * factor, ordinal);
    }

    private static String rest(double rest, boolean ordinal) {
        return rest > 0 ? words(rest, true, ordinal) : ordinal ? "th" : "";
    }

    /** Not a number when it is none. */
    static double fromWords(String text) {
        var sum = 0.0;
        var segment = 0.0;
        for (var word : GAPS.split(text, -1)) {
            var value = VALUES.getOrDefault(word, Double.NaN);
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

    static String roman(double number) {
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
        return roman.toString();
    }

    static double fromRoman(String roman) {
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

    static String letters(double number, char first) {
        var letters = new StringBuilder();
        for (var rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
            letters.append((char) ((rest - 1) % 26 + first));
        }
        return letters.reverse().toString();
    }

    static double fromLetters(String letters, char first) {
        var number = 0.0;
        for (var i = 0; i < letters.length(); i++) {
            number = number * 26 + (letters.charAt(i) - first + 1);
        }
        return number;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
