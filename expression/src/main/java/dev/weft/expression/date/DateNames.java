package dev.weft.expression.date;

import java.util.List;

/** The names of days and months. */
final class DateNames {

    /** From 1. */
    static final List<String> DAYS =
            List.of("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

    static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private DateNames() {}
}
