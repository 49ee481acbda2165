package dev.weft.expression.picture;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The English words of numbers. */
final class EnglishNumbers {

    static final List<String> FEW = List.of(
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
    static final List<String> ORDINALS = List.of(
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
    static final List<String> DECADES =
            List.of("Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety", "Hundred");
    static final List<String> MAGNITUDES = List.of("Thousand", "Million", "Billion", "Trillion");
    private static final Map<String, Double> VALUES = values();

    private EnglishNumbers() {}

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

    /** Not a number when it is no word of one. */
    static double value(String word) {
        return VALUES.getOrDefault(word, Double.NaN);
    }

    /** All of them, longer ones first. */
    static List<String> all() {
        return VALUES.keySet().stream()
                // Longer words first: an alternation takes the first match, which would be "seven" in "seventeen".
                .sorted((a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length())
                .toList();
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
