package dev.weft.execution.builtin.http;

import dev.weft.common.http.HttpAnswer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * When a failed call is made again: after what the server asks for ({@code Retry-After}, up to an hour), else after
 * 0.5 s, doubled each time, up to 5 s.
 */
final class RetrySchedule {

    /** Up to here a worker waits in place; the message comes back later otherwise. */
    static final Duration IN_PLACE = Duration.ofSeconds(5);

    static final Duration MOST = Duration.ofHours(1);
    private static final Duration FIRST = Duration.ofMillis(500);

    private final Clock clock;

    RetrySchedule(Clock clock) {
        this.clock = clock;
    }

    /** @param retry 0 for the first */
    Duration waitBefore(int retry, @Nullable HttpAnswer answer) {
        var asked = answer == null ? null : asked(answer.header("retry-after"));
        if (asked != null) {
            return asked;
        }
        // Java takes a shift distance modulo 64, so a large number would start again with short waits.
        var wait = FIRST.multipliedBy(1L << Math.min(retry, 10));
        return wait.compareTo(IN_PLACE) > 0 ? IN_PLACE : wait;
    }

    private @Nullable Duration asked(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Long.parseLong(header.strip())));
        } catch (NumberFormatException _) {
            return untilDate(header.strip());
        }
    }

    private @Nullable Duration untilDate(String date) {
        try {
            var wait = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException _) {
            return null;
        }
    }
}
