package dev.weft.bench.flow;

import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** The runs of both builds, at the same time or nearly. */
record BuildPair(PairSide before, PairSide after) {

    double ratio() {
        return after.completed() / before.completed();
    }

    /** @param turned whether the second build comes first */
    static BuildPair of(PairBuild before, PairBuild after, int seconds, boolean turned)
            throws InterruptedException, ExecutionException {
        var time = Duration.ofSeconds(seconds);
        var one = turned ? after : before;
        var other = turned ? before : after;
        var fast = FastRun.of(one, time);
        var otherFast = FastRun.of(other, time);
        var half = (int) (fast.figures().completedPerSecond() / 2);
        var first = side(fast, one.session().run(half, time));
        var second = side(otherFast, other.session().run(half, time));
        return turned ? new BuildPair(second, first) : new BuildPair(first, second);
    }

    private static PairSide side(FastRun fast, FlowFigures steady) {
        return new PairSide(
                fast.figures().completedPerSecond(),
                fast.cpuMillis(),
                steady.acks().percentile(0.99),
                fast.figures().lost() + steady.lost());
    }
}
