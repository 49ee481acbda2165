package dev.weft.bench.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/** Trying again for a while: what a fault broke may take some time to come back. */
public record Patience(Duration time, Duration pause) {

    private static final Duration PAUSE = Duration.ofMillis(200);

    public Patience(Duration time) {
        this(time, PAUSE);
    }

    /** A use of an installation that may fail. */
    public interface Use<T> {
        T apply() throws IOException, InterruptedException;
    }

    /** A use without a result. */
    public interface Act {
        void run() throws IOException, InterruptedException;
    }

    /** The first result that comes without an exception; the last exception when there is none in time. */
    public <T> T apply(Use<T> use) throws IOException, InterruptedException {
        for (var end = System.nanoTime() + time.toNanos(); ; Thread.sleep(pause)) {
            try {
                return use.apply();
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    public void run(Act act) throws IOException, InterruptedException {
        var _ = apply(() -> {
            act.run();
            return true;
        });
    }

    /** The first result that is as wanted, else the last one of the time; exceptions are waited out like wrong results. */
    public <T> T until(Predicate<T> wanted, Use<T> use) throws IOException, InterruptedException {
        for (var end = System.nanoTime() + time.toNanos(); ; Thread.sleep(pause)) {
            // The clock is read before the use: one more use after the end of the time gives the last result.
            var late = System.nanoTime() > end;
            try {
                var result = use.apply();
                if (late || wanted.test(result)) {
                    return result;
                }
            } catch (IOException e) {
                if (late) {
                    throw e;
                }
            }
        }
    }
}
