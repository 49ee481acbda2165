package dev.weft.execution.worker;

import java.util.Collection;
import java.util.Collections;

/** Computes how many of its active queues a process should hand to others. */
final class FairShare {

    private FairShare() {}

    /**
     * None as long as no other has at least two fewer; never so many that it would have fewer than its share, or that one
     * other could have more than it.
     *
     * @param mine   queues that this process works on
     * @param others how many each of the others works on
     */
    static int surplus(int mine, Collection<Integer> others) {
        if (others.isEmpty()) {
            return 0;
        }
        var least = Collections.min(others);
        var all = mine + others.stream().mapToInt(Integer::intValue).sum();
        var share = Math.ceilDiv(all, others.size() + 1);
        return mine - least < 2 ? 0 : Math.clamp((mine - least) / 2, 0, Math.max(0, mine - share));
    }
}
