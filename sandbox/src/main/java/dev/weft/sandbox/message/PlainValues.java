package dev.weft.sandbox.message;

import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies values out of an evaluation: plain maps, lists, texts and numbers that share nothing changeable with the
 * input. Whole numbers become integers again, since the language computes in doubles; numbers that were only passed on
 * keep their digits. A result that is too large for a message or for the evaluation's limit is refused while it is
 * copied, since it may refer to one big part of its input many times.
 */
public final class PlainValues {

    /** Levels of a value that goes on: others add some around it, and 500 are all that can be written and read. */
    public static final int DEEPEST = 300;

    private static final int NODES = 2_000_000;
    private static final long CHARACTERS = 32L << 20;
    /** Nobody reads JSON with longer names. */
    private static final int NAME = 50_000;

    private static final double EXACT = 1L << 53;

    private final ExpressionBounds bounds;
    private int nodes;
    private long characters;
    private int depth;

    private PlainValues(ExpressionBounds bounds) {
        this.bounds = bounds;
    }

    /** Nothing for what has no form in JSON, such as a function. */
    public static @Nullable Object copy(@Nullable Object value, ExpressionBounds bounds) {
        return new PlainValues(bounds).of(value);
    }

    private @Nullable Object of(@Nullable Object value) {
        if (++nodes > NODES || characters > CHARACTERS) {
            throw ExpressionFault.bound("The result is too large.");
        }
        return switch (value) {
            case null -> null;
            case String text -> {
                characters += text.length();
                yield text;
            }
            case Boolean truth -> truth;
            case Double number -> computed(number);
            case Number number -> number;
            case Map<?, ?> map -> {
                enter();
                var copy = map(map);
                depth--;
                yield copy;
            }
            case List<?> list -> {
                enter();
                var copy = list(list);
                depth--;
                yield copy;
            }
            default -> Nothing.NOTHING;
        };
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw ExpressionFault.bound("The result nests too deeply: at most " + DEEPEST + " levels can go on.");
        }
    }

    private Map<String, @Nullable Object> map(Map<?, ?> map) {
        bounds.makeMembers(map.size());
        var copy = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(map.size());
        for (var entry : map.entrySet()) {
            var key = String.valueOf(entry.getKey());
            if (key.length() > NAME) {
                throw ExpressionFault.bound(
                        "A name in the result is too long: at most " + NAME + " characters can go on.");
            }
            characters += key.length();
            var value = of(entry.getValue());
            if (!Nothing.is(value)) {
                copy.put(key, value);
            }
        }
        return copy;
    }

    private List<@Nullable Object> list(List<?> list) {
        bounds.makeElements(list.size());
        var copy = new ArrayList<@Nullable Object>(list.size());
        for (var element : list) {
            var value = of(element);
            copy.add(Nothing.is(value) ? null : value);
        }
        return copy;
    }

    private static Number computed(double number) {
        if (!Double.isFinite(number)) {
            throw ExpressionFault.bound("A number is out of range.");
        }
        if (number != Math.rint(number) || Math.abs(number) > EXACT) {
            return number;
        }
        var whole = (long) number;
        if (whole == (int) whole) {
            return (int) whole;
        }
        return whole;
    }
}
