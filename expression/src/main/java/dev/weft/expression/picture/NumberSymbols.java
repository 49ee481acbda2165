package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The characters that stand for digits and separators in a picture, and in what is written by it. */
final class NumberSymbols {

    /** Characters that a symbol may have; most have one. */
    private static final int LENGTH = 10;

    private final Map<String, String> symbols;
    private final String digits;

    /** @param options symbols by their names, such as {@code {"decimal-separator": ","}} */
    NumberSymbols(Map<?, ?> options) {
        var chosen = new HashMap<>(Map.of(
                "decimal-separator", ".",
                "grouping-separator", ",",
                "exponent-separator", "e",
                "minus-sign", "-",
                "percent", "%",
                "per-mille", "\u2030",
                "zero-digit", "0",
                "digit", "#",
                "pattern-separator", ";"));
        options.forEach((name, symbol) -> chosen.put(String.valueOf(name), checked(symbol)));
        this.symbols = chosen;
        var family = new StringBuilder();
        var zero = get("zero-digit").isEmpty() ? '0' : get("zero-digit").charAt(0);
        for (var digit = 0; digit < 10; digit++) {
            family.append((char) (zero + digit));
        }
        this.digits = family.toString();
    }

    private static String checked(@Nullable Object symbol) {
        if (symbol instanceof String text && text.length() <= LENGTH) {
            return text;
        }
        throw ExpressionFault.ofArgument("T0410", 3, symbol);
    }

    /** Empty when there is none. */
    String get(String name) {
        return symbols.getOrDefault(name, "");
    }

    private boolean isDigit(char c) {
        return digits.indexOf(c) >= 0;
    }

    boolean isAnyDigit(char c) {
        return isDigit(c) || is(c, "digit");
    }

    boolean is(char c, String name) {
        return get(name).equals(String.valueOf(c));
    }

    boolean isActive(char c) {
        return isAnyDigit(c)
                || is(c, "decimal-separator")
                || is(c, "exponent-separator")
                || is(c, "grouping-separator")
                || is(c, "pattern-separator");
    }

    /** How many digits a part has. */
    int count(String part) {
        return (int) part.chars().filter(c -> isDigit((char) c)).count();
    }

    /** How many digits a part has, those that may be left out among them. */
    int countAll(String part) {
        return (int) part.chars().filter(c -> isAnyDigit((char) c)).count();
    }

    /** Digits as they are written. */
    String family(String plain) {
        if (digits.charAt(0) == '0') {
            return plain;
        }
        var text = new StringBuilder();
        plain.chars().forEach(c -> text.append(c >= '0' && c <= '9' ? digits.charAt(c - '0') : (char) c));
        return text.toString();
    }

    char zero() {
        return digits.charAt(0);
    }

    String zeros(int count) {
        return count <= 0 ? "" : String.valueOf(zero()).repeat(count);
    }
}
