package dev.weft.expression.text;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions that search a text for another text, a regular expression, or matches found by a function; see
 * {@link Matches}.
 */
final class MatchFunctions {

    private MatchFunctions() {}

    static void define(FunctionDefinitions all) {
        all.add("contains", "<s-(sf):b>", 2, MatchFunctions::contains);
        all.add("match", "<s-f<s:o>n?:a<o>>", 3, MatchFunctions::match);
        all.add("replace", "<s-(sf)(sf)n?:s>", 4, ReplaceFunction::replace);
        all.add("split", "<s-(sf)n?:a<s>>", 3, SplitFunction::split);
    }

    private static @Nullable Object contains(CallArguments a) {
        if (a.lacks(1)) {
            return Nothing.NOTHING;
        }
        var matcher = a.callee(1);
        return matcher == null ? a.text(0).contains(a.text(1)) : !Nothing.is(Matches.first(a, matcher));
    }

    private static @Nullable Object match(CallArguments a) {
        var matcher = a.callee(1);
        var limit = Matches.limit(a, 2, "D3040");
        var results = Sequence.found();
        if (matcher == null) {
            return results;
        }
        if (limit <= 0) {
            return results;
        }
        var found = Matches.first(a, matcher);
        while (found instanceof Map<?, ?> match && results.size() < limit) {
            var result = new LinkedHashMap<String, @Nullable Object>();
            put(result, "match", match, "match");
            put(result, "index", match, "start");
            put(result, "groups", match, "groups");
            results.add(result);
            found = Matches.next(a, match);
        }
        return results;
    }

    private static void put(Map<String, @Nullable Object> result, String name, Map<?, ?> match, String from) {
        var value = Values.member(match, from);
        if (!Nothing.is(value)) {
            result.put(name, value);
        }
    }
}
