package dev.weft.expression.semantics;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as texts: what {@code &} and {@code $string} write. */
public final class Texts {

    private final StringBuilder text = new StringBuilder();
    private final boolean pretty;
    private final Run run;
    private final QuotedText quotes = new QuotedText(text, this::look);
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
        look();
        switch (value) {
            case String string -> quotes.write(string);
            case Number number -> {
                // Called for its fault only: infinity within a value is D1001, while NaN is written as null.
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

    private void look() {
        run.step();
        count();
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
            quotes.write(String.valueOf(member.getKey()));
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
}
