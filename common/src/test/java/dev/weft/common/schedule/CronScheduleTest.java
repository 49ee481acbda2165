package dev.weft.common.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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
                    0 0 29 2 *      | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
                    0 0 29 2 */7    | 2026-11-24T00:00:00Z | 2032-02-29T00:00:00Z
                    0 0 31 1-4 *    | 2026-02-01T00:00:00Z | 2026-03-31T00:00:00Z
                    0 12 * JAN-mar Mon-FRI | 2026-04-01T00:00:00Z | 2027-01-01T12:00:00Z
                    50-59/3 * * * * | 2026-11-24T00:50:00Z | 2026-11-24T00:53:00Z
                    40/15 * * * *   | 2026-11-24T00:40:00Z | 2026-11-24T00:55:00Z
                    0 0 */10 * *    | 2026-11-24T00:00:00Z | 2026-12-01T00:00:00Z
                    0 0 1 */5 *     | 2026-02-01T00:00:00Z | 2026-06-01T00:00:00Z
                    59 23 31 12 *   | 2026-12-31T23:58:59.999Z | 2026-12-31T23:59:00Z
                    """)
    void knowsTheNextInstant(String text, Instant after, Instant next) {
        assertThat(CronSchedule.parse(text).orElseThrow().next(after)).contains(next);
    }

    /** The days of the week of 22 November 2026, a Sunday, on which it fires. */
    private static String days(String field) {
        var schedule = CronSchedule.parse("0 0 * * " + field).orElseThrow();
        var days = new ArrayList<String>();
        var instant = schedule.next(Instant.parse("2026-11-21T23:59:00Z")).orElseThrow();
        while (instant.isBefore(Instant.parse("2026-11-29T00:00:00Z"))) {
            days.add(instant.atZone(ZoneId.of("UTC"))
                    .getDayOfWeek()
                    .name()
                    .substring(0, 3)
                    .toLowerCase(java.util.Locale.ROOT));
            instant = schedule.next(instant).orElseThrow();
        }
        return String.join(" ", days);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    *           | sun mon tue wed thu fri sat
                    */2         | sun tue thu sat
                    */3         | sun wed sat
                    */6         | sun sat
                    */7         | sun
                    0           | sun
                    7           | sun
                    7-7         | sun
                    0-0         | sun
                    sun-sun     | sun
                    0,7         | sun
                    0-7         | sun mon tue wed thu fri sat
                    1-7         | sun mon tue wed thu fri sat
                    5-7         | sun fri sat
                    fri-sun     | sun fri sat
                    6-sun       | sun sat
                    sun-tue     | sun mon tue
                    1-7/2       | sun mon wed fri
                    0-6/2       | sun tue thu sat
                    1/2         | mon wed fri
                    7/2         | sun
                    MON,wEd     | mon wed
                    1-3,5-6,2-4 | mon tue wed thu fri sat
                    """)
    void countsTheDaysOfTheWeekFromSunday(String field, String fires) {
        assertThat(days(field)).isEqualTo(fires);
    }

    private static List<String> next(String cron, String zone, String after, int count) {
        var schedule = CronSchedule.parse(cron).orElseThrow();
        var instants = new ArrayList<String>();
        var instant = Instant.parse(after);
        for (var i = 0; i < count; i++) {
            instant = schedule.next(instant, ZoneId.of(zone)).orElseThrow();
            instants.add(instant.toString());
        }
        return instants;
    }

    @Test
    void firesByTheClocksOfAZone() {
        assertThat(next("0 2 * * *", "Asia/Kolkata", "2026-11-24T12:00:00Z", 2))
                .containsExactly("2026-11-24T20:30:00Z", "2026-11-25T20:30:00Z");
        assertThat(next("0 0 1 * *", "Pacific/Kiritimati", "2026-11-24T12:00:00Z", 1))
                .containsExactly("2026-11-30T10:00:00Z");
        assertThat(next("0 9 * * mon", "America/New_York", "2026-10-31T00:00:00Z", 1))
                .containsExactly("2026-11-02T14:00:00Z");
    }

    @Test
    void aLocalTimeThatIsSkippedFiresAtTheFirstMinuteAfterIt() {
        // Berlin, 2026-03-29: 02:00 to 03:00 is left out, at 01:00Z.
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(next("*/20 * * * *", "Europe/Berlin", "2026-03-29T00:40:00Z", 3))
                .as("once in all, since there is an instant anyway")
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z", "2026-03-29T01:40:00Z");
        assertThat(next("0 0 * * *", "America/Santiago", "2026-09-05T12:00:00Z", 2))
                .as("midnight is left out")
                .containsExactly("2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z");
        assertThat(next("0 12 * * *", "Pacific/Apia", "2011-12-29T23:00:00Z", 2))
                .as("a whole day is left out, 30 December")
                .containsExactly("2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z");
    }

    @Test
    void aLocalTimeThatComesTwiceFiresTheFirstTime() {
        // Berlin, 2026-10-25: 02:00 to 03:00 comes twice, from 00:00Z and from 01:00Z.
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", 1))
                .as("asked during the second time")
                .containsExactly("2026-10-26T01:30:00Z");
        assertThat(next("30 * * * *", "Europe/Berlin", "2026-10-24T23:50:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z");
        assertThat(next("*/15 * * * *", "Australia/Lord_Howe", "2026-04-04T14:30:00Z", 3))
                .as("half an hour comes twice, 01:30 from 14:30Z and from 15:00Z")
                .containsExactly("2026-04-04T14:45:00Z", "2026-04-04T15:30:00Z", "2026-04-04T15:45:00Z");
    }

    @Test
    void knowsTheNamesOfZones() {
        assertThat(List.of("UTC", "Europe/Berlin", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "Etc/GMT+5"))
                .allMatch(CronSchedule::isZone);
        assertThat(List.of(
                        "", " ", "utc", "europe/berlin", "Europe/Atlantis", "+05:30", "UTC+1", "Z", " UTC", "Berlin"))
                .noneMatch(CronSchedule::isZone);
    }

    @Test
    void bothDaysMustMatchWhenOneOfThemIsAStep() {
        assertThat(next("0 0 */2 * mon", "UTC", "2026-11-01T00:00:00Z", 2))
                .as("odd days that are Mondays")
                .containsExactly("2026-11-09T00:00:00Z", "2026-11-23T00:00:00Z");
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
                "-1 * * * *",
                "1- * * * *",
                "1-2-3 * * * *",
                "*/5/2 * * * *",
                "*-5 * * * *",
                "*/ * * * *",
                "5-1 * * * *",
                "* 22-2 * * *",
                "0 0 * nov-feb *",
                "0 0 * * fri-mon",
                "0 0 * * 6-0",
                "0 0 * * 7-2",
                "0 0 * * sun-x",
                "0 0 * jan1 *",
                "0 0 mon * *",
                "0 0 30 2 *",
                "0 0 30-31 feb *",
                "0 0 31 4,6,9,11 *",
                "0 0 31 2 */2",
                "* * * *\u00a0* *",
                "* * * *\n*",
                "\u0661 * * * *",
                "000 * * * *",
                "1.5 * * * *"
            })
    void refusesWhatCrontabDoesNotKnow(String text) {
        assertThat(CronSchedule.parse(text)).isEmpty();
    }
}
