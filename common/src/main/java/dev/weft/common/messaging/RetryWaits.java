package dev.weft.common.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long a message whose handler failed waits for its next attempt: from a second, for short disturbances, to hours,
 * for another party that is down until somebody repairs it. Attempts go on for three days.
 *
 * @param attempts how often a message is tried in all
 */
record RetryWaits(List<Duration> waits, int attempts) {

    static final RetryWaits USUAL = new RetryWaits(
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(3)),
            32);

    /**
     * The wait after an attempt that failed; empty after the last. The longest is repeated.
     *
     * @param failed 1 for the first attempt
     */
    Optional<Duration> after(int failed) {
        return failed < attempts ? Optional.of(waits.get(Math.min(failed, waits.size()) - 1)) : Optional.empty();
    }
}
