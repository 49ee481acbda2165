package dev.weft.expression.text;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Run;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $replace}: replaces matches by other texts. */
final class ReplaceFunction {

    private ReplaceFunction() {}

    static String replace(CallArguments a) {
        if ("".equals(a.get(1))) {
            throw ExpressionFault.ofArgument("D3010", 2, "");
        }
        var limit = Matches.limit(a, 3, "D3011");
        var text = a.text(0);
        if (limit <= 0) {
            return text;
        }
        var matcher = a.callee(1);
        return matcher == null ? replaceText(a, text, limit) : replaceMatches(a, text, matcher, limit);
    }

    private static String replaceText(CallArguments a, String text, double limit) {
        var pattern = a.text(1);
        var result = new StringBuilder();
        var position = 0;
        // Only a missing pattern is empty here, and replaces nothing; an empty pattern that is given was refused
        // before.
        var at = pattern.isEmpty() ? -1 : text.indexOf(pattern);
        if (at < 0) {
            return text;
        }
        for (var count = 0; at >= 0 && count < limit; count++) {
            var before = result.length();
            result.append(text, position, at).append(substitute(a.get(2)));
            count(a, result, before);
            position = at + pattern.length();
            at = text.indexOf(pattern, position);
        }
        a.run().grow(text.length() - position);
        return result.append(text, position, text.length()).toString();
    }

    private static void count(CallArguments a, StringBuilder result, int before) {
        a.run().step();
        Run.checkLength(result.length());
        a.run().grow(result.length() - before);
    }

    private static String substitute(@Nullable Object replacement) {
        if (replacement instanceof String text) {
            return text;
        }
        throw ExpressionFault.of("D3012", replacement);
    }

    private static String replaceMatches(CallArguments a, String text, Callee matcher, double limit) {
        var replacer = a.callee(2);
        var result = new StringBuilder();
        var position = 0;
        var found = Matches.first(a, matcher);
        for (var count = 0; found instanceof Map<?, ?> match && count < limit; count++) {
            // The matcher may be a function of the expression, which may return any numbers.
            var start = Math.clamp(Matches.index(match, "start"), position, text.length());
            var before = result.length();
            result.append(text, position, start)
                    .append(
                            replacer == null
                                    ? Replacement.of(substitute(a.get(2)), match)
                                    : substitute(a.call(replacer, List.of(match))));
            count(a, result, before);
            position = Math.min(
                    text.length(), start + (match.get("match") instanceof String matched ? matched.length() : 0));
            found = Matches.next(a, match);
        }
        return result.append(text, position, text.length()).toString();
    }
}
