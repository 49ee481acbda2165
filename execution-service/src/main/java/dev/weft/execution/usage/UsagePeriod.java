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

    String groupOf(StoredUsage usage) {
        return byMonth ? usage.month() : usage.day();
    }
}
