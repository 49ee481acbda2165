package dev.weft.execution.usage;

import java.time.LocalDate;

/**
 * What is asked for.
 *
 * @param from    the first day
 * @param to      the last day
 * @param byMonth whether a history has months, and not days
 */
record UsagePeriod(LocalDate from, LocalDate to, boolean byMonth) {

    private static final int MONTH = "2026-11".length();

    /** @param day as it is stored: {@code 2026-11-30} */
    String groupOf(String day) {
        return byMonth ? day.substring(0, MONTH) : day;
    }
}
