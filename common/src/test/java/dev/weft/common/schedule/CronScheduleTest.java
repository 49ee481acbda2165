package dev.weft.common.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    * * * * *       | 2026-03-01T10:00:30Z | 2026-03-01T10:01:00Z
                    */15 * * * *    | 2026-03-01T10:15:00Z | 2026-03-01T10:30:00Z
                    0 0 1 1 *       | 2026-11-24T12:00:00Z | 2027-01-01T00:00:00Z
                    30 4 * * mon    | 2026-11-24T12:00:00Z | 2026-11-30T04:30:00Z
                    0 9 * * 7       | 2026-11-24T12:00:00Z | 2026-11-29T09:00:00Z
                    0 9 * * 0       | 2026-11-24T12:00:00Z | 2026-11-29T09:00:00Z
                    5,10 1-2 * * *  | 2026-11-24T01:05:00Z | 2026-11-24T01:10:00Z
                    0 0 29 2 *      | 2026-11-24T00:00:00Z | 2028-02-29T00:00:00Z
                    """)
    void knowsTheNextInstant(String text, Instant after, Instant next) {
        assertThat(CronSchedule.parse(text).orElseThrow().next(after)).contains(next);
    }

    @Test
    void eitherDayFiresWhenBothAreRestricted() {
        var schedule = CronSchedule.parse("0 0 13 * fri").orElseThrow();

        assertThat(schedule.next(Instant.parse("2026-11-24T00:00:00Z")))
                .contains(Instant.parse("2026-11-27T00:00:00Z"));
        assertThat(schedule.next(Instant.parse("2026-12-12T00:00:00Z")))
                .contains(Instant.parse("2026-12-13T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "not a cron",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * * 8",
                "@daily",
                "0 0 L * *",
                "0 0 ? * *",
                "0 0 * * 5#2",
                "*/0 * * * *",
                "a * * * *",
                "0 0 31 2 *",
                "1-x * * * *",
                "1,,2 * * * *",
                "-1 * * * *"
            })
    void refusesWhatCrontabDoesNotKnow(String text) {
        assertThat(CronSchedule.parse(text)).isEmpty();
    }
}
