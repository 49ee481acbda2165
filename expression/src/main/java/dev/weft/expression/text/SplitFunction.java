package dev.weft.expression.text;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $split}: the parts of a text between matches. */
final class SplitFunction {

    private SplitFunction() {}

    static Object split(CallArguments a) {
        var limit = Matches.limit(a, 2, "D3020");
        var parts = new ArrayList<@Nullable Object>();
        if (limit <= 0) {
            return parts;
        }
        var text = a.text(0);
        if (a.get(1) instanceof String separator) {
            splitAt(text, separator, Math.floor(limit), parts, a.run());
            return parts;
        }
        var matcher = a.callee(1);
        if (matcher == null) {
            throw ExpressionFault.ofArgument("T0410", 2, a.get(1));
        }
        var start = 0;
        var found = Matches.first(a, matcher);
        while (found instanceof Map<?, ?> match && parts.size() < limit) {
            add(parts, text, start, Math.clamp(Matches.index(match, "start"), start, text.length()), a.run());
            start = Math.clamp(Matches.index(match, "end"), start, text.length());
            found = Matches.next(a, match);
        }
        if (parts.size() < limit) {
            add(parts, text, start, text.length(), a.run());
        }
        return parts;
    }

    private static void splitAt(String text, String separator, double limit, List<@Nullable Object> parts, Run run) {
        if (separator.isEmpty()) {
            for (var i = 0; i < text.length() && parts.size() < limit; ) {
                // The reference cuts a character outside of the basic plane in two here; we do not.
                var next = text.offsetByCodePoints(i, 1);
                add(parts, text, i, next, run);
                i = next;
            }
            return;
        }
        var start = 0;
        for (var at = text.indexOf(separator); at >= 0 && parts.size() < limit; ) {
            add(parts, text, start, at, run);
            start = at + separator.length();
            at = text.indexOf(separator, start);
        }
        if (parts.size() < limit) {
            add(parts, text, start, text.length(), run);
        }
    }

    private static void add(List<@Nullable Object> parts, String text, int from, int to, Run run) {
        run.step();
        run.makeElements(1);
        run.makeText(to - from);
        parts.add(text.substring(from, to));
    }
}
