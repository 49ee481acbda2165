package dev.weft.expression.date;

import dev.weft.expression.picture.IntegerPicture;
import dev.weft.expression.picture.LetterCase;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Run;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a time in the form of a picture, such as {@code [Y0001]-[M01]-[D01]}. */
public final class DateFormat {

    private static final Pattern ZONE = Pattern.compile("([+-]?)(\\d{1,2}?):?(\\d{2})|([+-]?)(\\d)");
    private static final IntegerPicture TWO_DIGITS = IntegerPicture.of("00");

    private final LocalDateTime time;
    /** As hours and minutes, {@code -330} for three and a half hours. */
    private final int zone;

    private DateFormat(LocalDateTime time, int zone) {
        this.time = time;
        this.zone = zone;
    }

    public static String of(DatePicture picture, long millis, @Nullable String zone) {
        var offset = zone == null ? 0 : offset(zone);
        // Java divides towards zero, so -330 is three hours and thirty minutes west; rounded down it would be four
        // hours.
        var minutes = offset / 100 * 60 + offset % 100;
        var format = new DateFormat(DateFields.at(millis + minutes * 60_000L), offset);
        var text = new StringBuilder();
        for (var part : picture.parts()) {
            text.append(
                    switch (part) {
                        case DateLiteral(var literal) -> literal;
                        case DateMarker marker -> format.component(marker);
                    });
            Run.checkLength(text.length());
        }
        return text.toString();
    }

    private static int offset(String zone) {
        var match = ZONE.matcher(zone);
        if (!match.matches()) {
            throw ExpressionFault.ofArgument("T0410", 3, zone);
        }
        var minutes = match.group(5) == null
                ? Integer.parseInt(match.group(2)) * 100 + Integer.parseInt(match.group(3))
                : Integer.parseInt(match.group(5));
        return zone.startsWith("-") ? -minutes : minutes;
    }

    private String component(DateMarker marker) {
        return switch (marker.component()) {
            case 'Z', 'z' -> zone(marker);
            case 'C', 'E' -> "ISO";
            case 'P' -> {
                var half = time.getHour() >= 12 ? "pm" : "am";
                yield marker.names() == LetterCase.UPPER ? half.toUpperCase(Locale.ROOT) : half;
            }
            default -> marker.names() == null ? number(marker) : name(marker, marker.names());
        };
    }

    private String number(DateMarker marker) {
        var value = DateFields.of(time, marker.component());
        if (marker.digits() >= 0) {
            value %= (int) Math.min(Integer.MAX_VALUE, Math.pow(10, marker.digits()));
        }
        return marker.integer() == null
                ? String.valueOf(value)
                : marker.integer().format(value);
    }

    private String name(DateMarker marker, LetterCase names) {
        var value = DateFields.of(time, marker.component());
        var name = switch (marker.component()) {
            case 'M', 'x' -> DateNames.MONTHS.get(value - 1);
            case 'F' -> DateNames.DAYS.get(value);
            default -> throw ExpressionFault.of("D3133", String.valueOf(marker.component()));
        };
        var cased = names.of(name);
        var most = marker.width().most();
        return most >= 0 && cased.length() > most ? cased.substring(0, most) : cased;
    }

    private String zone(DateMarker marker) {
        var integer = marker.integer();
        if (integer == null) {
            throw ExpressionFault.of("D3134");
        }
        if (zone == 0 && marker.modifier() == 't') {
            return "Z";
        }
        var text = integer.isRegular() ? integer.format(zone) : zone(integer);
        return (marker.component() == 'z' ? "GMT" : "") + (zone >= 0 ? "+" : "") + text;
    }

    private String zone(IntegerPicture integer) {
        return switch (integer.mandatory()) {
            case 1, 2 -> {
                var whole = zone / 100;
                // For a zone less than an hour west the hours are 0, which loses the sign.
                var hours = (zone < 0 && zone > -100 ? "-" : "") + integer.format(whole);
                yield zone % 100 == 0 ? hours : hours + ":" + TWO_DIGITS.format(Math.abs(zone % 100));
            }
            case 3, 4 -> integer.format(zone);
            default -> throw ExpressionFault.of("D3134");
        };
    }
}
