package dev.weft.expression.date;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Computes the fields of a time, such as its week. Weeks begin on Monday; the first week of a year or month is the one
 * with its first Thursday.
 */
final class DateFields {

    private DateFields() {}

    static LocalDateTime at(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    static int of(LocalDateTime time, char component) {
        var day = time.toLocalDate();
        return switch (component) {
            case 'Y' -> time.getYear();
            case 'M' -> time.getMonthValue();
            case 'D' -> time.getDayOfMonth();
            case 'd' -> time.getDayOfYear();
            case 'F' -> time.getDayOfWeek().getValue();
            case 'W' -> weekOfYear(day);
            case 'w' -> weekOfMonth(day);
            case 'X' -> weekYear(day);
            case 'x' -> weekMonth(day);
            case 'H' -> time.getHour();
            case 'h' -> time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
            case 'P' -> time.getHour() >= 12 ? 1 : 0;
            case 'm' -> time.getMinute();
            case 's' -> time.getSecond();
            case 'f' -> time.getNano() / 1_000_000;
            default -> 0;
        };
    }

    private static LocalDate firstWeek(YearMonth start) {
        var first = start.atDay(1);
        var weekday = first.getDayOfWeek().getValue();
        return weekday > 4 ? first.plusDays(8L - weekday) : first.minusDays(weekday - 1L);
    }

    private static int weeks(LocalDate start, LocalDate day) {
        return (int) Math.floorDiv(day.toEpochDay() - start.toEpochDay(), 7L) + 1;
    }

    private static int weekOfYear(LocalDate day) {
        var year = YearMonth.of(day.getYear(), 1);
        var week = weeks(firstWeek(year), day);
        if (week > 52 && !day.isBefore(firstWeek(year.plusYears(1)))) {
            return 1;
        }
        return week < 1 ? weeks(firstWeek(year.minusYears(1)), day) : week;
    }

    private static int weekOfMonth(LocalDate day) {
        var month = YearMonth.from(day);
        var week = weeks(firstWeek(month), day);
        if (week > 4 && !day.isBefore(firstWeek(month.plusMonths(1)))) {
            return 1;
        }
        return week < 1 ? weeks(firstWeek(month.minusMonths(1)), day) : week;
    }

    private static int weekYear(LocalDate day) {
        var year = YearMonth.of(day.getYear(), 1);
        if (day.isBefore(firstWeek(year))) {
            return day.getYear() - 1;
        }
        return day.isBefore(firstWeek(year.plusYears(1))) ? day.getYear() : day.getYear() + 1;
    }

    private static int weekMonth(LocalDate day) {
        var month = YearMonth.from(day);
        if (day.isBefore(firstWeek(month))) {
            return month.minusMonths(1).getMonthValue();
        }
        return (day.isBefore(firstWeek(month.plusMonths(1))) ? month : month.plusMonths(1)).getMonthValue();
    }
}
