package dev.weft.expression.value;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the error messages of JSONata. {@code {token}} is the function or operator, {@code {index}} the number of an
 * argument; a part in brackets is left out when its value is missing.
 */
final class Sentences {

    private static final int SHOWN = 80;
    private static final Pattern PLACE = Pattern.compile("\\{(token|index|kind|value|other)}");

    private static final Map<String, String> KINDS =
            Map.of("a", "arrays", "b", "booleans", "f", "functions", "n", "numbers", "o", "objects", "s", "strings");

    private Sentences() {}

    static String of(String code, @Nullable String token, int index, @Nullable Object value, @Nullable Object other) {
        var sentence = sentence(code, value, other);
        // Replaced in one pass: a value may contain text that looks like a placeholder.
        return PLACE.matcher(sentence)
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group()) {
                            case "{token}" -> token == null ? "used here" : token;
                            case "{index}" -> String.valueOf(index);
                            case "{kind}" ->
                                other instanceof String kind
                                        ? KINDS.getOrDefault(kind, "other values")
                                        : "other values";
                            case "{value}" -> shown(value);
                            default -> shown(other);
                        }));
    }

    /** Whether {@link #of} shows a value, and not only of which kind it is. */
    static boolean quotes(String code, @Nullable Object value, @Nullable Object other) {
        var sentence = sentence(code, value, other);
        return (isPlain(value) && sentence.contains("{value}")) || (isPlain(other) && sentence.contains("{other}"));
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static String sentence(String code, @Nullable Object value, @Nullable Object other) {
        return chosen(
                SentenceTable.ALL.getOrDefault(code, "The expression has no value for this input"),
                !(Nothing.is(value) && Nothing.is(other)));
    }

    /** {@code [with values|without]}. */
    private static String chosen(String sentence, boolean values) {
        var open = sentence.indexOf('[');
        var close = sentence.lastIndexOf(']');
        if (open < 0 || !sentence.substring(open, close).contains("{")) {
            return sentence;
        }
        var bar = sentence.indexOf('|');
        var part = values
                ? sentence.substring(open + 1, bar < 0 ? close : bar)
                : bar < 0 ? "" : sentence.substring(bar + 1, close);
        return sentence.substring(0, open) + part + sentence.substring(close + 1);
    }

    /** No character is cut in two. */
    private static int shownLength(String text) {
        return Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> text.length() <= SHOWN ? text : text.substring(0, shownLength(text)) + "…";
            case Number number -> Numbers.json(number);
            case Boolean truth -> truth.toString();
            case List<?> _ -> "an array";
            case Map<?, ?> _ -> "an object";
            case Callee _ -> "a function";
            default -> "nothing";
        };
    }
}
