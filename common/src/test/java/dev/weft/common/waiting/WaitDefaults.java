package dev.weft.common.waiting;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How {@code await()} waits where a test does not say: it looks at once, soon again, and less and less often. Awaitility by
 * itself looks every 100 ms, for the first time after as long, which comes to minutes with the many short waits of the suite;
 * and it gives up after 10 s, which is little on a machine that is busy. JUnit finds this extension by itself in all modules
 * that have the fixtures of common.
 */
public final class WaitDefaults implements BeforeAllCallback {

    private static final Duration FIRST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMillis(80);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(PATIENCE);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(IterativePollInterval.iterative(WaitDefaults::next, FIRST));
    }

    private static Duration next(Duration last) {
        var doubled = last.multipliedBy(2);
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
