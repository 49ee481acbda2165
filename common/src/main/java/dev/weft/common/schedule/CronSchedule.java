package dev.weft.common.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cron expression of five fields, {@code minute hour day-of-month month day-of-week}. Names of months and days are
 * accepted; 0 and 7 are Sunday, and a range may end on it ({@code fri-sun}); steps of weekdays count from Sunday. A
 * range that goes backwards is refused, and so is an expression that never fires.
 *
 * <p>Source: crontab(5). When both days are restricted, that is when neither begins with {@code *}, a day that matches
 * either of them fires; else a day must match both. Daylight saving (api-mechamental 3.1): a local time that is skipped
 * fires once, at the first minute that exists after it; one that comes twice fires the first time.
 */
public final class CronSchedule {

    /** The names of a field's values, in their order. */
    private enum Names {
        NONE(""),
        MONTHS("jan feb mar apr may jun jul aug sep oct nov dec"),
        DAYS("sun mon tue wed thu fri sat");

        private final String words;

        Names(String words) {
            this.words = words;
        }

        /** From 0; negative for no such name. */
        private int indexOf(String word) {
            return word.isEmpty() ? -1 : List.of(words.split(" ", -1)).indexOf(word.toLowerCase(Locale.ROOT));
        }
    }

    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");
    private static final Pattern SPACE = Pattern.compile("[ \\t]+");
    private static final int LONGEST = 256;
    /** 29 February on a given weekday comes every 28 years, but for the turn of some centuries. */
    private static final int YEARS = 60;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet daysOfMonth;
    private final BitSet months;
    private final BitSet daysOfWeek;
    /** Whether one of the days is enough. */
    private final boolean either;

    private CronSchedule(String[] fields) {
        minutes = bits(fields[0], 0, 59, Names.NONE);
        hours = bits(fields[1], 0, 23, Names.NONE);
        daysOfMonth = bits(fields[2], 1, 31, Names.NONE);
        months = bits(fields[3], 1, 12, Names.MONTHS);
        daysOfWeek = bits(fields[4], 0, 7, Names.DAYS);
        either = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    }

    /** The schedule that the text describes; empty when it describes none, or one that never fires. */
    public static Optional<CronSchedule> parse(String text) {
        var fields = SPACE.split(text.strip(), -1);
        if (text.length() > LONGEST || fields.length != 5) {
            return Optional.empty();
        }
        try {
            var schedule = new CronSchedule(fields);
            // 31 February is well formed and never comes; a flow with it would look as if it ran.
            return schedule.next(Instant.EPOCH).map(_ -> schedule);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the text is the name of a zone of the IANA time zone database, such as {@code Asia/Kolkata}. */
    public static boolean isZone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) && !name.startsWith("SystemV/");
    }

    private static BitSet bits(String field, int first, int last, Names names) {
        var bits = new BitSet(last + 1);
        for (var item : field.split(",", -1)) {
            // Split into two parts at most, so that a second slash makes an invalid number.
            var parts = item.split("/", 2);
            var step = parts.length == 2 ? number(parts[1], 1, 99) : 1;
            var range = parts[0].split("-", 2);
            var from = parts[0].equals("*") ? first : value(range[0], first, last, names);
            int to;
            if (range.length == 2) {
                to = value(range[1], first, last, names);
                if (names == Names.DAYS && from > 0 && range[1].equalsIgnoreCase("sun")) {
                    to = 7;
                }
            } else if (parts[0].equals("*") || parts.length == 2) {
                // A range without an end runs to Saturday; one that begins with Sunday as 7 has only that day.
                to = names == Names.DAYS ? Math.max(from, 6) : last;
            } else {
                to = from;
            }
            if (to < from) {
                throw new IllegalArgumentException(field);
            }
            for (var value = from; value <= to; value += step) {
                bits.set(names == Names.DAYS ? value % 7 : value);
            }
        }
        return bits;
    }

    private static int value(String text, int first, int last, Names names) {
        var name = names.indexOf(text);
        return name >= 0 ? name + first : number(text, first, last);
    }

    private static int number(String text, int first, int last) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        var number = Integer.parseInt(text);
        if (number < first || number > last) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    /** The first instant after the given one, by the clocks of UTC; empty when there is none. */
    public Optional<Instant> next(Instant after) {
        return next(after, ZoneOffset.UTC);
    }

    /** The first instant after the given one, by the clocks of the zone; empty when there is none. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        try {
            var from = LocalDateTime.ofInstant(after, zone);
            var end = from.toLocalDate().plusYears(YEARS);
            for (var day = from.toLocalDate(); day.isBefore(end); day = day.plusDays(1)) {
                if (!months.get(day.getMonthValue())) {
                    // Skips to the end of a month that does not match: sixty years day by day would be 22,000 steps.
                    day = day.withDayOfMonth(day.lengthOfMonth());
                } else if (matches(day)) {
                    var found = of(day, after, zone);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        } catch (DateTimeException e) {
            // The last possible date is reached.
            return Optional.empty();
        }
    }

    private boolean matches(LocalDate day) {
        var ofMonth = daysOfMonth.get(day.getDayOfMonth());
        var ofWeek = daysOfWeek.get(day.getDayOfWeek().getValue() % 7);
        return either ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    /** Local times in their order are instants in their order; two may be one. */
    private Optional<Instant> of(LocalDate day, Instant after, ZoneId zone) {
        for (var hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (var minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                var instant = instant(day.atTime(hour, minute), zone);
                if (instant.isAfter(after)) {
                    return Optional.of(instant);
                }
            }
        }
        return Optional.empty();
    }

    private static Instant instant(LocalDateTime time, ZoneId zone) {
        var rules = zone.getRules();
        var skip = rules.getTransition(time);
        if (skip != null && skip.isGap()) {
            return skip.getInstant();
        }
        // A local time that comes twice fires the first time.
        return time.toInstant(rules.getValidOffsets(time).getFirst());
    }
}
