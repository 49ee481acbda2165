package dev.weft.expression.semantics;

import dev.weft.expression.value.Run;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When two values are equal, or the same. */
public final class Equality {

    private Equality() {}

    /** Equal to the last part. */
    public static boolean areEqual(@Nullable Object a, @Nullable Object b, Run run) {
        run.step();
        if (a == b) {
            return true;
        }
        if (a instanceof List<?> one && b instanceof List<?> two) {
            if (one.size() != two.size()) {
                return false;
            }
            var others = two.iterator();
            for (var element : one) {
                if (!areEqual(element, others.next(), run)) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> two) {
            if (one.size() != two.size()) {
                return false;
            }
            for (var member : one.entrySet()) {
                var other = two.get(member.getKey());
                if ((other == null && !two.containsKey(member.getKey())) || !areEqual(member.getValue(), other, run)) {
                    return false;
                }
            }
            return true;
        }
        return areSame(a, b);
    }

    /** The same number, text or truth; of objects and arrays the very same. */
    public static boolean areSame(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return x.doubleValue() == y.doubleValue();
        }
        return a == b || ((a instanceof String || a instanceof Boolean) && a.equals(b));
    }
}
