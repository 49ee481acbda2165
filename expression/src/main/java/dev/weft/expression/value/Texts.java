package dev.weft.expression.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as texts: what {@code &} and {@code $string} write. */
public final class Texts {

    private static final String HEX = "0123456789abcdef";
    /** Of a text that is quoted, one bit less than a power of two. */
    private static final int CHARACTERS_BETWEEN_COUNTS = 4095;

    private final StringBuilder text = new StringBuilder();
    private final boolean pretty;
    private final Run run;
    private int counted;

    private Texts(boolean pretty, Run run) {
        this.pretty = pretty;
        this.run = run;
    }

    public static String of(@Nullable Object value, boolean pretty, Run run) {
        return switch (value) {
            case String string -> string;
            case Callee _ -> "";
            case Boolean truth -> truth.toString();
            case Number number -> {
                if (Double.isInfinite(number.doubleValue()) || Double.isNaN(number.doubleValue())) {
                    throw ExpressionFault.of("D3001", "Infinity");
                }
                yield Numbers.json(number);
            }
            case null, default -> {
                var texts = new Texts(pretty, run);
                texts.write(value instanceof Sequence root && root.wrapsRoot ? root.getFirst() : value, 0);
                texts.count();
                yield texts.text.toString();
            }
        };
    }

    private void write(@Nullable Object value, int depth) {
        run.step();
        count();
        switch (value) {
            case String string -> quote(string);
            case Number number -> {
                // It is asked for its fault alone: infinity within a value is D1001, while NaN is written as null.
                Numbers.isNumber(number);
                text.append(Numbers.json(number));
            }
            case Map<?, ?> map -> object(map, depth + 1);
            case List<?> list -> array(list, depth + 1);
            case Callee _ -> text.append("\"\"");
            case Boolean truth -> text.append(truth);
            case null, default -> text.append("null");
        }
    }

    /** One large part may lie in a value many times over, so that its text outgrows the memory that the value takes. */
    private void count() {
        Run.checkLength(text.length());
        run.grow(text.length() - counted);
        counted = text.length();
    }

    private void object(Map<?, ?> map, int depth) {
        var first = true;
        text.append('{');
        for (var member : map.entrySet()) {
            // JSON.stringify leaves undefined members out of an object; in an array they keep their place as null.
            if (Nothing.is(member.getValue())) {
                continue;
            }
            separate(first, depth);
            first = false;
            quote(String.valueOf(member.getKey()));
            text.append(pretty ? ": " : ":");
            write(member.getValue(), depth);
        }
        close(first, '}', depth);
    }

    private void array(List<?> list, int depth) {
        var first = true;
        text.append('[');
        for (var element : list) {
            separate(first, depth);
            first = false;
            write(element, depth);
        }
        close(first, ']', depth);
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            text.append(',');
        }
        if (pretty) {
            text.append('\n').append("  ".repeat(depth));
        }
    }

    private void close(boolean empty, char end, int depth) {
        if (pretty && !empty) {
            text.append('\n').append("  ".repeat(depth - 1));
        }
        text.append(end);
    }

    private void quote(String string) {
        text.append('"');
        for (var i = 0; i < string.length(); i++) {
            var c = string.charAt(i);
            if ((i & CHARACTERS_BETWEEN_COUNTS) == CHARACTERS_BETWEEN_COUNTS) {
                run.step();
                count();
            }
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    // Half a character has no form in UTF-8. JSON.stringify escapes it, so that the text can be sent
                    // and comes back the same.
                    if (c < ' ' || isAlone(string, i)) {
                        escape(c);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Half a character that has lost its other half. */
    public static boolean isAlone(String string, int i) {
        var c = string.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
    }

    private void escape(char c) {
        text.append("\\u");
        for (var shift = 12; shift >= 0; shift -= 4) {
            text.append(HEX.charAt((c >> shift) & 15));
        }
    }
}
