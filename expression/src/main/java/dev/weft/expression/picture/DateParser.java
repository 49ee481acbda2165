package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.WatchedText;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time that was written as a picture has it. What stands left of the parts that are given is that of now, what stands right
 * of them is the least; a gap between them is a fault.
 */
public final class DateParser {

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

    private DateParser() {}

    /** Nothing when the text is no such time. */
    public static @Nullable Object parse(String text, DatePicture picture, Run run) {
        var regex = new StringBuilder();
        for (var part : picture.parts()) {
            regex.append('(').append(regex(part)).append(')');
        }
        // Two numbers without anything between them may be told apart in many ways.
        var match = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE).matcher(new WatchedText(text, run));
        if (!match.matches()) {
            return Nothing.NOTHING;
        }
        var parser = new DateParser();
        var group = 1;
        for (var part : picture.parts()) {
            if (part instanceof DatePicture.Marker marker) {
                var value = value(marker, match.group(group));
                if (value != null) {
                    parser.parts.put(marker.component(), value);
                }
            }
            group++;
        }
        return parser.parts.isEmpty() ? Nothing.NOTHING : parser.millis(run.now());
    }

    private static String regex(DatePicture.Part part) {
        return switch (part) {
            case DatePicture.Literal(var text) -> Pattern.quote(text);
            case DatePicture.Marker marker ->
                switch (marker.component()) {
                    case 'Z', 'z' -> {
                        var separator = marker.integer() == null
                                ? null
                                : marker.integer().separator();
                        yield (marker.component() == 'z' ? "GMT" : "")
                                + "[-+][0-9]+"
                                + (separator == null ? "" : Pattern.quote(separator) + "[0-9]+");
                    }
                    case 'f' -> "[0-9]+";
                    case 'M', 'x', 'F', 'P' ->
                        marker.integer() == null
                                ? "[a-zA-Z]+"
                                : marker.integer().regex();
                    default -> {
                        if (marker.integer() == null) {
                            throw ExpressionFault.of("D3133", String.valueOf(marker.component()));
                        }
                        yield marker.integer().regex();
                    }
                };
        };
    }

    private static @Nullable Double value(DatePicture.Marker marker, String text) {
        return switch (marker.component()) {
            case 'Z', 'z' -> zone(marker, text);
            case 'f' ->
                (double) Math.round(Double.parseDouble("0." + text.substring(0, Math.min(3, text.length()))) * 1000);
            default ->
                marker.integer() == null
                        ? named(marker, text)
                        : (Double) marker.integer().parse(text);
        };
    }

    /** In minutes. */
    private static double zone(DatePicture.Marker marker, String text) {
        var offset = marker.component() == 'z' ? text.substring(3) : text;
        var separator = marker.integer() == null ? null : marker.integer().separator();
        var digits = offset.substring(1);
        var first = separator == null ? Math.min(2, digits.length()) : leading(digits);
        var hours = digits.substring(0, first);
        var minutes = digits.substring(separator == null ? first : first + separator.length());
        var total = Double.parseDouble(hours) * 60 + (minutes.isEmpty() ? 0 : Double.parseDouble(minutes));
        return offset.startsWith("-") ? -total : total;
    }

    /** How many digits it begins with; what separates them from others may be written in another case than in the picture. */
    private static int leading(String text) {
        var count = 0;
        while (count < text.length() && text.charAt(count) >= '0' && text.charAt(count) <= '9') {
            count++;
        }
        return count;
    }

    private static @Nullable Double named(DatePicture.Marker marker, String text) {
        var most = marker.width().most();
        return switch (marker.component()) {
            case 'M', 'x' -> index(DatePicture.MONTHS, text, most, 1);
            case 'F' -> index(DatePicture.DAYS, text, most, 0);
            case 'P' ->
                switch (text) {
                    case "am", "AM" -> 0.0;
                    case "pm", "PM" -> 1.0;
                    default -> null;
                };
            default -> throw ExpressionFault.of("D3133", String.valueOf(marker.component()));
        };
    }

    private static @Nullable Double index(List<String> names, String text, int most, int first) {
        for (var i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var shown = most > 0 && most < name.length() ? name.substring(0, most) : name;
            if (!name.isEmpty() && shown.equals(text)) {
                return (double) i + first;
            }
        }
        return null;
    }

    private double millis(long now) {
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
