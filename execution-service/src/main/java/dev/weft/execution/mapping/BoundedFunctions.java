package dev.weft.execution.mapping;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions that stand in for those of the library: some of those build a text or number of any size from a small one
 * without ever being interruptible, its {@code $sort} fails with integers among decimals, and its {@code $now()} tells
 * when the thread first evaluated anything.
 */
final class BoundedFunctions {

    private static final int TEXT = 16 << 20;
    private static final int PAD = 1_000_000;
    /** A double has no more decimals, nor digits before the point. */
    private static final int PRECISION = 400;

    private final Clock clock;

    private BoundedFunctions(Clock clock) {
        this.clock = clock;
    }

    /** The scope between the functions of the language and an evaluation; shared by all. */
    static Jsonata.Frame scope(Clock clock) {
        var functions = new BoundedFunctions(clock);
        var scope = new Jsonata.Frame(SyntaxNode.functions());
        scope.bind("now", new Jsonata.JFunction((input, arguments) -> functions.now(arguments), "<s?s?:s>"));
        scope.bind("millis", new Jsonata.JFunction((input, arguments) -> clock.millis(), "<:n>"));
        scope.bind("pad", new Jsonata.JFunction((input, arguments) -> pad(arguments), "<s-ns?:s>"));
        scope.bind("join", new Jsonata.JFunction((input, arguments) -> join(arguments), "<a<s>s?:s>"));
        scope.bind("replace", new Jsonata.JFunction((input, arguments) -> replace(arguments), "<s-(sf)(sf)n?:s>"));
        scope.bind("round", new Jsonata.JFunction((input, arguments) -> round(arguments), "<n-n?:n>"));
        scope.bind("sort", new Jsonata.JFunction((input, arguments) -> sort(arguments), "<af?:a>"));
        return scope;
    }

    private @Nullable Object now(List<?> arguments) {
        return Functions.dateTimeFromMillis(clock.millis(), text(arguments, 0), text(arguments, 1));
    }

    private static @Nullable Object pad(List<?> arguments) {
        var width = (Number) arguments.get(1);
        if (Math.abs(width.doubleValue()) > PAD) {
            throw new ExpressionFault("$pad makes texts of up to " + PAD + " characters.");
        }
        return Functions.pad(text(arguments, 0), width, text(arguments, 2));
    }

    private static @Nullable Object join(List<?> arguments) {
        if (!(arguments.get(0) instanceof List<?> parts)) {
            return null;
        }
        var separator = text(arguments, 1);
        var length = separator == null ? 0L : (long) separator.length() * parts.size();
        for (var part : parts) {
            length += String.valueOf(part).length();
        }
        checkLength(length);
        var joined = new StringBuilder((int) length);
        for (var part : parts) {
            if (!joined.isEmpty() && separator != null) {
                joined.append(separator);
            }
            joined.append(part);
        }
        return joined.toString();
    }

    private static @Nullable Object replace(List<?> arguments) throws Throwable {
        var text = text(arguments, 0);
        if (text != null
                && arguments.get(1) instanceof String pattern
                && arguments.get(2) instanceof String replacement
                && !pattern.isEmpty()) {
            checkLength(text.length() + (long) text.length() / pattern.length() * replacement.length());
        }
        var limit =
                arguments.size() > 3 && arguments.get(3) instanceof Number number ? (Integer) number.intValue() : null;
        return Functions.replace(text, arguments.get(1), arguments.get(2), limit);
    }

    private static @Nullable Object round(List<?> arguments) {
        if (!(arguments.get(0) instanceof Number number)) {
            return null;
        }
        var precision = arguments.size() > 1 && arguments.get(1) instanceof Number given ? given.intValue() : 0;
        return Functions.round(number, Math.clamp(precision, -PRECISION, PRECISION));
    }

    private static @Nullable Object sort(List<?> arguments) {
        if (!(arguments.get(0) instanceof List<?> list)) {
            return null;
        }
        if (list.size() < 2) {
            return list;
        }
        var given = arguments.size() > 1 ? arguments.get(1) : null;
        return Functions.sort(list, given == null ? naturalOrder(list) : given);
    }

    private static Comparator<?> naturalOrder(List<?> list) {
        if (list.stream().allMatch(String.class::isInstance)) {
            return Comparator.comparing(String.class::cast);
        }
        if (list.stream().allMatch(BoundedFunctions::isWhole)) {
            return Comparator.comparingLong((Object element) -> ((Number) element).longValue());
        }
        if (list.stream().allMatch(Number.class::isInstance)) {
            return Comparator.comparingDouble((Object element) -> ((Number) element).doubleValue());
        }
        throw new ExpressionFault("$sort without a function sorts numbers or texts.");
    }

    private static boolean isWhole(Object element) {
        return element instanceof Integer || element instanceof Long;
    }

    private static void checkLength(long length) {
        if (length > TEXT) {
            throw new ExpressionFault("A text in the expression grows too long.");
        }
    }

    private static @Nullable String text(List<?> arguments, int index) {
        return index < arguments.size() && arguments.get(index) instanceof String text ? text : null;
    }
}
