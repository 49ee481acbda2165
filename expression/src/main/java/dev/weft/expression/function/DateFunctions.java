package dev.weft.expression.function;

import dev.weft.expression.date.DateFormat;
import dev.weft.expression.date.DateParser;
import dev.weft.expression.date.DatePicture;
import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.value.ExpressionFault;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of time. */
final class DateFunctions {

    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})(?:-([01]\\d))?(?:-([0-3]\\d))?(?:T([0-2]\\d):([0-5]\\d):([0-5]\\d))?(?:\\.(\\d+))?(?:([+-])([0-2]\\d):?([0-5]\\d)|Z)?");
    // The last instant that JavaScript's Date has.
    private static final double LAST = 8.64e15;

    private DateFunctions() {}

    static void define(FunctionDefinitions all) {
        all.any("now", "<s?s?:s>", 2, a -> format(a.run().now(), a.optionalText(0), a.optionalText(1)));
        all.any("millis", "<:n>", 0, a -> a.run().now());
        all.add("fromMillis", "<n-s?s?:s>", 3, a -> {
            var millis = a.number(0);
            // The condition is a negation so that NaN is refused too.
            if (!(Math.abs(millis) <= LAST)) {
                throw ExpressionFault.of("D1001", a.get(0));
            }
            return format((long) millis, a.optionalText(1), a.optionalText(2));
        });
        all.add("toMillis", "<s-s?:n>", 2, DateFunctions::toMillis);
    }

    private static String format(long millis, @Nullable String picture, @Nullable String zone) {
        var spec = picture == null ? DatePicture.ISO : DatePicture.of(picture);
        return DateFormat.of(spec, millis, zone);
    }

    private static @Nullable Object toMillis(CallArguments a) {
        var picture = a.optionalText(1);
        return picture == null ? iso(a.text(0)) : DateParser.parse(a.text(0), DatePicture.of(picture), a.run());
    }

    /** Without a zone it is universal time, so that a flow does the same wherever it runs. */
    private static long iso(String text) {
        var match = ISO.matcher(text);
        if (!match.matches()) {
            throw ExpressionFault.of("D3110", text);
        }
        try {
            var month = LocalDate.of(number(match.group(1), 1), number(match.group(2), 1), 1);
            var date = number(match.group(3), 1);
            var hour = number(match.group(4), 0);
            var minutes = number(match.group(5), 0);
            var seconds = number(match.group(6), 0);
            var offset = number(match.group(9), 0) * 60 + number(match.group(10), 0);
            var hasTime = match.group(4) != null;
            // ISO 8601 may write the end of a day as 24:00:00.
            var isLast = hour == 24 && minutes == 0 && seconds == 0 && fraction(match.group(7)) == 0;
            if (date < 1
                    || date > month.lengthOfMonth()
                    || (hour > 23 && !isLast)
                    || offset >= 24 * 60
                    || (!hasTime && (match.group(7) != null || match.group(8) != null))) {
                throw ExpressionFault.of("D3110", text);
            }
            var inDay = (hour * 60 + minutes + ("-".equals(match.group(8)) ? offset : -offset)) * 60L + seconds;
            return (month.plusDays(date - 1L).toEpochDay() * 24 * 3600 + inDay) * 1000 + fraction(match.group(7));
        } catch (DateTimeException _) {
            throw ExpressionFault.of("D3110", text);
        }
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static int fraction(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt((digits + "000").substring(0, 3));
    }
}
