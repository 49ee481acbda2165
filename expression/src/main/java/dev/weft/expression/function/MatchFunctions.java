package dev.weft.expression.function;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import dev.weft.expression.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions that look for a text, a regular expression, or what a function says is a match: it gives
 * {@code {"match": "ab", "start": 1, "end": 3, "groups": [], "next": function}} or nothing.
 */
final class MatchFunctions {

    private MatchFunctions() {}

    static void define(Library.Definitions all) {
        all.add("contains", "<s-(sf):b>", 2, MatchFunctions::contains);
        all.add("match", "<s-f<s:o>n?:a<o>>", 3, MatchFunctions::match);
        all.add("replace", "<s-(sf)(sf)n?:s>", 4, MatchFunctions::replace);
        all.add("split", "<s-(sf)n?:a<s>>", 3, MatchFunctions::split);
    }

    private static @Nullable Object contains(CallArguments a) {
        if (a.lacks(1)) {
            return Nothing.NOTHING;
        }
        var matcher = a.callee(1);
        return matcher == null ? a.text(0).contains(a.text(1)) : !Nothing.is(first(a, matcher));
    }

    private static @Nullable Object match(CallArguments a) {
        var matcher = a.callee(1);
        var limit = limit(a, 2, "D3040");
        var results = Sequence.found();
        if (matcher == null) {
            return results;
        }
        if (limit <= 0) {
            return results;
        }
        var found = first(a, matcher);
        while (found instanceof Map<?, ?> match && results.size() < limit) {
            var result = new LinkedHashMap<String, @Nullable Object>();
            put(result, "match", match, "match");
            put(result, "index", match, "start");
            put(result, "groups", match, "groups");
            results.add(result);
            found = next(a, match);
        }
        return results;
    }

    private static void put(Map<String, @Nullable Object> result, String name, Map<?, ?> match, String from) {
        var value = Values.member(match, from);
        if (!Nothing.is(value)) {
            result.put(name, value);
        }
    }

    private static String replace(CallArguments a) {
        if ("".equals(a.get(1))) {
            throw ExpressionFault.ofArgument("D3010", 2, "");
        }
        var limit = limit(a, 3, "D3011");
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
        // Only a missing pattern is empty here, since one that is written so was refused before; it replaces nothing.
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
        var found = first(a, matcher);
        for (var count = 0; found instanceof Map<?, ?> match && count < limit; count++) {
            // The matcher may be a function of the expression, whose numbers can be anything.
            var start = Math.clamp(index(match, "start"), position, text.length());
            var before = result.length();
            result.append(text, position, start)
                    .append(
                            replacer == null
                                    ? Replacement.of(substitute(a.get(2)), match)
                                    : substitute(a.call(replacer, List.of(match))));
            count(a, result, before);
            position = Math.min(
                    text.length(), start + (match.get("match") instanceof String matched ? matched.length() : 0));
            found = next(a, match);
        }
        return result.append(text, position, text.length()).toString();
    }

    private static Object split(CallArguments a) {
        var limit = limit(a, 2, "D3020");
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
        var found = first(a, matcher);
        while (found instanceof Map<?, ?> match && parts.size() < limit) {
            add(parts, text, start, Math.clamp(index(match, "start"), start, text.length()), a.run());
            start = Math.clamp(index(match, "end"), start, text.length());
            found = next(a, match);
        }
        if (parts.size() < limit) {
            add(parts, text, start, text.length(), a.run());
        }
        return parts;
    }

    private static void splitAt(String text, String separator, double limit, List<@Nullable Object> parts, Run run) {
        if (separator.isEmpty()) {
            for (var i = 0; i < text.length() && parts.size() < limit; ) {
                // The reference cuts characters outside of the basic plane in two here; we do not.
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

    private static double limit(CallArguments a, int index, String fault) {
        if (a.lacks(index)) {
            return Double.POSITIVE_INFINITY;
        }
        var limit = a.number(index);
        if (limit < 0) {
            throw ExpressionFault.ofArgument(fault, index + 1, a.get(index));
        }
        return limit;
    }

    private static @Nullable Object first(CallArguments a, Callee matcher) {
        return checked(a, a.call(matcher, Arrays.asList(a.get(0))));
    }

    private static @Nullable Object next(CallArguments a, Map<?, ?> match) {
        if (match.get("next") instanceof Callee next) {
            return checked(a, a.call(next, List.of()));
        }
        throw ExpressionFault.of("T1010");
    }

    private static @Nullable Object checked(CallArguments a, @Nullable Object found) {
        var isMatch = found instanceof Map<?, ?> match
                && (match.get("start") instanceof Number
                        || match.get("end") instanceof Number
                        || match.get("groups") instanceof List<?>
                        || match.get("next") instanceof Callee);
        if (!isMatch && Values.isTrue(found, a.run())) {
            throw ExpressionFault.of("T1010");
        }
        return found;
    }

    private static int index(Map<?, ?> match, String name) {
        return match.get(name) instanceof Number number ? number.intValue() : 0;
    }
}
