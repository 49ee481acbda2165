package dev.weft.execution.rebound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a message waits before it is handed to its step again. */
record ReboundSeries(Duration first, Duration longest) {

    /** The longest that a step may ask for by itself: an answer's {@code Retry-After} of an hour. */
    private static final Duration LONGEST_WISH = Duration.ofHours(1);

    /**
     * The first wait, doubled with every rebound; a wish is rounded up to the same series, which goes on for it beyond
     * the longest, so that there are few different waits and each has a queue of its own.
     *
     * @param rebound 1 for the first
     */
    Duration waitBefore(int rebound, @Nullable Duration wish) {
        var wait = first;
        if (wish == null) {
            for (var n = 1; n < rebound && wait.compareTo(longest) < 0; n++) {
                wait = wait.multipliedBy(2);
            }
            return shorter(wait, longest);
        }
        while (wait.compareTo(wish) < 0 && wait.compareTo(LONGEST_WISH) < 0) {
            wait = wait.multipliedBy(2);
        }
        return wish.compareTo(longest) <= 0 ? shorter(wait, longest) : shorter(wait, LONGEST_WISH);
    }

    Duration longestWait() {
        return longest.compareTo(LONGEST_WISH) > 0 ? longest : LONGEST_WISH;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
