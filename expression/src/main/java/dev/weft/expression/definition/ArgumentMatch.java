package dev.weft.expression.definition;

import dev.weft.expression.value.Run;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matches arguments to parameters by backtracking. There may be very many ways, so failed attempts are remembered. */
final class ArgumentMatch {

    private static final int FEW = 4;

    private final List<SignatureParameter> parameters;
    private final char[] supplied;
    private final int[] counts;
    private final int end;
    private final boolean whole;
    private final Run run;
    private final @Nullable BitSet failed;

    /** @param whole whether all arguments must be taken */
    ArgumentMatch(List<SignatureParameter> parameters, char[] supplied, int[] counts, int end, boolean whole, Run run) {
        this.parameters = parameters;
        this.supplied = supplied;
        this.counts = counts;
        this.end = end;
        this.whole = whole;
        this.run = run;
        // With few parameters there are few ways, and nothing need be remembered.
        this.failed = parameters.size() > FEW ? new BitSet() : null;
    }

    boolean from(int parameter, int at) {
        run.step();
        if (parameter == end) {
            return !whole || at == supplied.length;
        }
        if (failed == null) {
            return taken(parameter, at);
        }
        var place = parameter * (supplied.length + 1) + at;
        if (failed.get(place)) {
            return false;
        }
        var found = taken(parameter, at);
        failed.set(place, !found);
        return found;
    }

    private boolean taken(int parameter, int at) {
        var wanted = parameters.get(parameter);
        var most = wanted.often() == '+' ? supplied.length - at : 1;
        var taken = 0;
        while (taken < most && at + taken < supplied.length && wanted.accepted().indexOf(supplied[at + taken]) >= 0) {
            taken++;
        }
        var least = wanted.context() || wanted.often() == '?' ? 0 : 1;
        for (; taken >= least; taken--) {
            counts[parameter] = taken;
            if (from(parameter + 1, at + taken)) {
                return true;
            }
        }
        return false;
    }
}
