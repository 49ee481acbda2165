package dev.weft.bench.change;

import dev.weft.bench.launch.ReplicaProcesses;
import dev.weft.bench.launch.SuiteService;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The restarts. */
record RollingRestarts(TrialSetting setting, ReplicaProcesses processes) {

    private static final Duration START = Duration.ofMinutes(15);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final Duration SPREAD = Duration.ofSeconds(60);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    /** Of all steps, for each of two processes; half of them would be even. */
    private static final double SHARE = 0.2;

    void restart(int replica) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var orderly = processes.stop(SuiteService.EXECUTION, replica, STOP);
        var stopped = seconds(begun);
        processes.start(SuiteService.EXECUTION, replica);
        processes.awaitReady(SuiteService.EXECUTION, replica, START);
        var ready = System.nanoTime();
        var up = seconds(begun);
        var shares = shares();
        // One window may say little: a queue that is being handed over rests, so the question is asked until it is
        // answered well.
        while (!isSpread(shares) && System.nanoTime() - ready < SPREAD.toNanos()) {
            shares = shares();
        }
        setting.verdict()
                .check(
                        "execution-" + replica + " restarted, load over both within a minute",
                        orderly && isSpread(shares),
                        String.format(
                                Locale.ROOT,
                                "stopped after %.1f s%s, ready after %.1f, spread %.1f later: %s steps in %d s",
                                stopped,
                                orderly ? "" : " by a kill",
                                up,
                                seconds(ready),
                                shares,
                                WINDOW.toSeconds()));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static boolean isSpread(List<Long> shares) {
        var all = shares.stream().mapToLong(Long::longValue).sum();
        // Where nothing was done nothing is spread.
        return all > 0 && shares.stream().allMatch(share -> share >= all * SHARE);
    }

    /** Steps done by each within some seconds from now on. */
    private List<Long> shares() throws IOException, InterruptedException {
        var first = steps(1);
        var second = steps(2);
        Thread.sleep(WINDOW);
        return List.of(steps(1) - first, steps(2) - second);
    }

    private long steps(int replica) throws IOException, InterruptedException {
        return new Patience(SPREAD)
                .apply(() -> (long) processes.meter(SuiteService.EXECUTION, replica, "weft_steps_seconds_count"));
    }
}
