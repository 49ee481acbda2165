package dev.weft.common.schedule;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.scheduling.support.CronExpression;

/**
 * A cron expression of five fields, {@code minute hour day-of-month month day-of-week}, in UTC. Names of months and days
 * are taken, 0 and 7 are Sunday.
 *
 * <p>Source: crontab(5). When both days are restricted, a day that matches either of them fires; Spring's expression,
 * which does the work, would ask for both, and also knows {@code L}, {@code W}, {@code #} and {@code ?}, which are
 * refused here.
 */
public final class CronSchedule {

    private static final String NUMBERS = fieldOf("\\d{1,2}");
    private static final String MONTHS = fieldOf("\\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec");
    private static final String DAYS = fieldOf("\\d|sun|mon|tue|wed|thu|fri|sat");
    private static final Pattern FORM =
            Pattern.compile(String.join("\\s+", NUMBERS, NUMBERS, NUMBERS, MONTHS, DAYS), Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 256;

    private final List<CronExpression> alternatives;

    private CronSchedule(List<CronExpression> alternatives) {
        this.alternatives = alternatives;
    }

    private static String fieldOf(String value) {
        var item = "(?:\\*|(?:" + value + ")(?:-(?:" + value + "))?)(?:/\\d{1,2})?";
        return item + "(?:," + item + ")*";
    }

    /** The schedule that the text describes; empty when it describes none, or one that never fires. */
    public static Optional<CronSchedule> parse(String text) {
        var trimmed = text.trim();
        if (trimmed.length() > LONGEST || !FORM.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        try {
            var schedule = new CronSchedule(alternatives(trimmed.split("\\s+", -1)));
            return schedule.next(Instant.EPOCH).map(_ -> schedule);
        } catch (IllegalArgumentException e) {
            // The form is right, a number is out of range.
            return Optional.empty();
        }
    }

    private static List<CronExpression> alternatives(String[] fields) {
        var minuteAndHour = "0 " + fields[0] + " " + fields[1] + " ";
        var dayOfMonth = fields[2];
        var dayOfWeek = fields[4];
        if (dayOfMonth.startsWith("*") || dayOfWeek.startsWith("*")) {
            return List.of(CronExpression.parse(minuteAndHour + dayOfMonth + " " + fields[3] + " " + dayOfWeek));
        }
        return List.of(
                CronExpression.parse(minuteAndHour + dayOfMonth + " " + fields[3] + " *"),
                CronExpression.parse(minuteAndHour + "* " + fields[3] + " " + dayOfWeek));
    }

    /** The first instant after the given one; empty when there is none. */
    public Optional<Instant> next(Instant after) {
        var from = after.atOffset(ZoneOffset.UTC).toLocalDateTime();
        return alternatives.stream()
                .map(expression -> expression.next(from))
                .filter(Objects::nonNull)
                .map(time -> time.toInstant(ZoneOffset.UTC))
                .min(Instant::compareTo);
    }
}
