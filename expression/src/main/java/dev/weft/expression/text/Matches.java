package dev.weft.expression.text;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls a matcher, which is a regular expression or a function of the expression: it returns {@code {"match": "ab",
 * "start": 1, "end": 3, "groups": [], "next": function}} or nothing.
 */
final class Matches {

    private Matches() {}

    /** Infinite when it is missing. */
    static double limit(CallArguments a, int index, String fault) {
        if (a.lacks(index)) {
            return Double.POSITIVE_INFINITY;
        }
        var limit = a.number(index);
        if (limit < 0) {
            throw ExpressionFault.ofArgument(fault, index + 1, a.get(index));
        }
        return limit;
    }

    static @Nullable Object first(CallArguments a, Callee matcher) {
        return checked(a, a.call(matcher, Arrays.asList(a.get(0))));
    }

    static @Nullable Object next(CallArguments a, Map<?, ?> match) {
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

    static int index(Map<?, ?> match, String name) {
        return match.get(name) instanceof Number number ? number.intValue() : 0;
    }
}
