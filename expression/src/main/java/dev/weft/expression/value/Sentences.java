package dev.weft.expression.value;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the codes of JSONata say. {@code {token}} is the function or operator, {@code {index}} the number of an argument; what is
 * in brackets is left out without a value.
 */
final class Sentences {

    private static final int SHOWN = 80;
    private static final Pattern PLACE = Pattern.compile("\\{(token|index|kind|value|other)}");

    private static final Map<String, String> KINDS =
            Map.of("a", "arrays", "b", "booleans", "f", "functions", "n", "numbers", "o", "objects", "s", "strings");

    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("S0101", "A text must be closed with the quote it was opened with"),
            Map.entry("S0102", "A number is out of range"),
            Map.entry("S0103", "Unknown escape sequence in a text[: \\{value}]"),
            Map.entry("S0104", "The escape sequence \\u must be followed by 4 hexadecimal digits"),
            Map.entry("S0105", "A quoted name must be closed with a backquote (`)"),
            Map.entry("S0106", "A comment has no end"),
            Map.entry("S0201", "Syntax error[: {value} does not belong here]"),
            Map.entry("S0202", "[{value} is expected, not {other}|Something else is expected]"),
            Map.entry("S0203", "[{value} is expected before the end|The expression ends too early]"),
            Map.entry("S0204", "Unknown operator[: {value}]"),
            Map.entry("S0205", "[{value} is not expected|Something else is expected]"),
            Map.entry("S0206", "[{value} can not be read|A part can not be read]"),
            Map.entry("S0207", "The expression ends too early"),
            Map.entry("S0208", "Parameters of a function must be variable names, such as $x[, not {value}]"),
            Map.entry("S0209", "A filter can not follow a grouping"),
            Map.entry("S0210", "A step can have one grouping only"),
            Map.entry("S0211", "[{value} can not be an operator before a value|An operator is not expected]"),
            Map.entry("S0212", "The left side of := must be a variable name, such as $x"),
            Map.entry("S0213", "A literal value can not be a step of a path[: {value}]"),
            Map.entry("S0214", "The right side of @ and # must be a variable name, such as $x"),
            Map.entry("S0215", "A binding of the context must stand before the filters of its step"),
            Map.entry("S0216", "A binding of the context must stand before the order of its step"),
            Map.entry("S0217", "The parent of this part is not known"),
            Map.entry("S0301", "A regular expression can not be empty"),
            Map.entry("S0302", "A regular expression has no closing /"),
            Map.entry("S0303", "The regular expression can not be read[: {value}]"),
            Map.entry("S0402", "A choice in a signature can not have types with parameters"),
            Map.entry("S0401", "Only functions and arrays have type parameters in a signature"),
            Map.entry("S0500", "The expression has syntax errors"),
            Map.entry("T0410", "Argument {index} of the function {token} does not match the function's signature"),
            Map.entry("T0411", "The context does not match argument {index} of the function {token}"),
            Map.entry("T0412", "Argument {index} of the function {token} must be an array of {kind}"),
            Map.entry("D1001", "A number is out of range"),
            Map.entry("D1002", "Only a number can be negated[, not {value}]"),
            Map.entry("T1003", "A key of an object must be a string[, not {value}]"),
            Map.entry("D1004", "The regular expression matches an empty text"),
            Map.entry("T1005", "{token} is no function. Did you mean ${token}?"),
            Map.entry("T1006", "What is called is no function"),
            Map.entry("T1007", "{token} is no function to give arguments to. Did you mean ${token}?"),
            Map.entry("T1008", "What is given arguments is no function"),
            Map.entry("D1009", "Two keys of an object are the same[: {value}]"),
            Map.entry("T1010", "The matching function that the function {token} was given does not return a match"),
            Map.entry("T2001", "The left side of the operator {token} must be a number[, not {value}]"),
            Map.entry("T2002", "The right side of the operator {token} must be a number[, not {value}]"),
            Map.entry("T2003", "The left side of the range operator .. must be an integer[, not {value}]"),
            Map.entry("T2004", "The right side of the range operator .. must be an integer[, not {value}]"),
            Map.entry("T2006", "The right side of the operator ~> must be a function"),
            Map.entry("T2007", "Values to sort by must be of one type[, not {value} and {other}]"),
            Map.entry("T2008", "Values to sort by must be numbers or strings[, not {value}]"),
            Map.entry(
                    "T2009", "Both sides of the operator {token} must be of the same type[, not {value} and {other}]"),
            Map.entry("T2010", "Both sides of the operator {token} must be numbers or strings[, not {value}]"),
            Map.entry("T2011", "The update of a transform must be an object[, not {value}]"),
            Map.entry("T2012", "The deletion of a transform must be a string or an array of strings[, not {value}]"),
            Map.entry("T2013", "A transform needs the function clone, which is something else here"),
            Map.entry("D2014", "A range has at most 10,000,000 numbers"),
            Map.entry("D3001", "Infinity can not be written as a string"),
            Map.entry("D3010", "The second argument of the function {token} can not be an empty string"),
            Map.entry("D3011", "The fourth argument of the function {token} can not be negative"),
            Map.entry("D3012", "What replaces a match must be a string[, not {value}]"),
            Map.entry("D3020", "The third argument of the function {token} can not be negative"),
            Map.entry("D3030", "The value is no number[: {value}]"),
            Map.entry("D3040", "The third argument of the function {token} can not be negative"),
            Map.entry(
                    "D3050", "The second argument of the function {token} must be a function of two arguments or more"),
            Map.entry("D3060", "A negative number has no square root[: {value}]"),
            Map.entry("D3061", "The power is out of range[: {value} to the {other}]"),
            Map.entry(
                    "D3070",
                    "The function {token} sorts numbers or strings only, unless it is given a function to compare"
                            + " them"),
            Map.entry("D3080", "The picture has more than two parts"),
            Map.entry("D3081", "The picture has more than one decimal separator"),
            Map.entry("D3082", "The picture has more than one percent sign"),
            Map.entry("D3083", "The picture has more than one per-mille sign"),
            Map.entry("D3084", "The picture has both a percent and a per-mille sign"),
            Map.entry("D3085", "The picture has no digit"),
            Map.entry("D3086", "The picture has other characters between its digits"),
            Map.entry("D3087", "The picture has a grouping separator beside the decimal separator"),
            Map.entry("D3088", "The picture has a grouping separator at the end of its integer part"),
            Map.entry("D3089", "The picture has two grouping separators in a row"),
            Map.entry("D3090", "The integer part of the picture has an optional digit behind one that is not"),
            Map.entry("D3091", "The fractional part of the picture has an optional digit before one that is not"),
            Map.entry("D3092", "The picture has a percent or per-mille sign and an exponent"),
            Map.entry("D3093", "The exponent of the picture has characters that are no digits"),
            Map.entry("D3100", "The base of a number must be between 2 and 36[, not {value}]"),
            Map.entry("D3110", "The string is no timestamp of ISO 8601[: {value}]"),
            Map.entry("D3120", "The function {token} was given what is no expression[: {value}]"),
            Map.entry("D3121", "The expression that the function {token} was given fails[: {value}]"),
            Map.entry("D3130", "Integers are not written in this way[: {value}]"),
            Map.entry("D3131", "All digits of a picture must be of one script"),
            Map.entry("D3132", "The picture has an unknown part[: {value}]"),
            Map.entry("D3133", "Only months and days have names in a picture[, not {value}]"),
            Map.entry("D3134", "A time zone in a picture has at most four digits"),
            Map.entry("D3135", "The picture has an opening bracket without a closing one"),
            Map.entry("D3136", "The picture lacks parts that a timestamp needs"),
            Map.entry("D3138", "The function {token} found more than one element"),
            Map.entry("D3139", "The function {token} found no element"),
            Map.entry("D3140", "The function {token} was given a malformed text[: {value}]"));

    private Sentences() {}

    static String of(String code, @Nullable String token, int index, @Nullable Object value, @Nullable Object other) {
        var sentence = chosen(
                SENTENCES.getOrDefault(code, "The expression has no value for this input"),
                !(Nothing.is(value) && Nothing.is(other)));
        // In one pass: a value may hold what looks like another place.
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
