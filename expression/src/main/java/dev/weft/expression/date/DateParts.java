package dev.weft.expression.date;

import dev.weft.expression.value.ExpressionFault;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** The fields of a time that were read, and the instant that they mean. */
final class DateParts {

    private static final String DATE = "YXMxWwdD";
    private static final String TIME = "PHhmsf";
    // Each bit is a letter of DATE or TIME, the first letter's the highest.
    private static final int YEAR_MONTH_DAY = 0b10100001;
    private static final int YEAR_DAY = 0b10000010;
    private static final int WEEK_OF_MONTH = 0b01010100;
    private static final int WEEK_OF_YEAR = 0b01001000;
    private static final int HOURS_OF_DAY = 0b010111;
    private static final int HOURS_OF_HALF = 0b101111;
    private static final double MOST = 1e6;

    private final Map<Character, Double> parts = new HashMap<>();

    void put(char component, double value) {
        parts.put(component, value);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** What is missing is completed first. */
    double millis(long now) {
        var date = mask(DATE);
        var isDayOfYear = !isOf(date, YEAR_MONTH_DAY) && isOf(date, YEAR_DAY);
        var isWeekOfMonth = isOf(date, WEEK_OF_MONTH);
        var isWeekOfYear = !isWeekOfMonth && isOf(date, WEEK_OF_YEAR);
        var time = mask(TIME);
        var isHalfDay = !isOf(time, HOURS_OF_DAY) && isOf(time, HOURS_OF_HALF);
        complete(
                (isDayOfYear ? "YD" : isWeekOfMonth ? "XxwF" : isWeekOfYear ? "XWF" : "YMD")
                        + (isHalfDay ? "Phmsf" : "Hmsf"),
                now);
        // Weeks can be written but not read; the reference refuses them as well.
        if (isWeekOfMonth || isWeekOfYear) {
            throw ExpressionFault.of("D3136");
        }
        if (isHalfDay) {
            parts.put('H', get('h') % 12 + (get('P') == 1 ? 12 : 0));
        }
        var month = isDayOfYear ? 1 : Math.max(1, get('M'));
        var day = isDayOfYear ? get('d') : get('D');
        var inDay = ((get('H') * 60 + get('m') - get('Z') - get('z')) * 60 + get('s')) * 1000 + get('f');
        return start(get('Y'), month, day) + inDay;
    }

    /** Days that a month does not have are those of the next. */
    private static double start(double year, double month, double day) {
        if (!(Math.abs(year) < MOST && month < MOST && Math.abs(day) < MOST)) {
            throw ExpressionFault.of("D3136");
        }
        // Date.UTC of JavaScript takes the years 0 to 99 for those of the twentieth century.
        var whole = year >= 0 && year <= 99 ? year + 1900 : year;
        return LocalDate.of((int) whole, 1, 1)
                        .plusMonths((long) month - 1)
                        .plusDays((long) day - 1)
                        .toEpochDay()
                * 86_400_000.0;
    }

    private double get(char part) {
        return parts.getOrDefault(part, 0.0);
    }

    private int mask(String components) {
        var mask = 0;
        for (var i = 0; i < components.length(); i++) {
            // A part that is 0 counts as missing: the reference asks for its truth, and 0 is false there.
            mask = mask << 1 | (get(components.charAt(i)) == 0 ? 0 : 1);
        }
        return mask;
    }

    private static boolean isOf(int mask, int kind) {
        return (~kind & mask) == 0 && (kind & mask) != 0;
    }

    private void complete(String components, long now) {
        var started = false;
        var ended = false;
        for (var i = 0; i < components.length(); i++) {
            var component = components.charAt(i);
            if (parts.containsKey(component)) {
                if (ended) {
                    throw ExpressionFault.of("D3136");
                }
                started = true;
            } else if (started) {
                parts.put(component, "MDd".indexOf(component) >= 0 ? 1.0 : 0.0);
                ended = true;
            } else {
                parts.put(component, (double) DateFields.of(DateFields.at(now), component));
            }
        }
    }
}
