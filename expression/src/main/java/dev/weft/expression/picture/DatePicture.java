package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a time is written: {@code [Y0001]-[M01]-[D01]}; a part is a literal or a marker.
 *
 * <p>Source: XPath and XQuery Functions and Operators 3.1, fn:format-dateTime.
 *
 * @param parts from left to right
 */
public record DatePicture(List<Part> parts) {

    public static final DatePicture ISO = of("[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]");

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

    private static final Map<Character, String> USUAL = Map.ofEntries(
            Map.entry('Y', "1"),
            Map.entry('M', "1"),
            Map.entry('D', "1"),
            Map.entry('d', "1"),
            Map.entry('F', "n"),
            Map.entry('W', "1"),
            Map.entry('w', "1"),
            Map.entry('X', "1"),
            Map.entry('x', "1"),
            Map.entry('H', "1"),
            Map.entry('h', "1"),
            Map.entry('P', "n"),
            Map.entry('m', "01"),
            Map.entry('s', "01"),
            Map.entry('f', "1"),
            Map.entry('Z', "01:01"),
            Map.entry('z', "01:01"),
            Map.entry('C', "n"),
            Map.entry('E', "n"));

    public static DatePicture of(String picture) {
        IntegerPicture.checkLength(picture);
        var parts = new ArrayList<Part>();
        var start = 0;
        var at = 0;
        while (at < picture.length()) {
            if (picture.charAt(at) != '[') {
                at++;
                continue;
            }
            literal(picture, start, at, parts);
            if (picture.startsWith("[[", at)) {
                parts.add(new Literal("["));
                at += 2;
            } else {
                var end = picture.indexOf(']', at);
                if (end < 0) {
                    throw ExpressionFault.of("D3135");
                }
                // fn:format-dateTime does not count white space within a marker.
                parts.add(marker(picture.substring(at + 1, end).replaceAll("\\s+", ""), parts));
                at = end + 1;
            }
            start = at;
        }
        literal(picture, start, at, parts);
        return new DatePicture(parts);
    }

    private static void literal(String picture, int start, int end, List<Part> parts) {
        if (end > start) {
            parts.add(new Literal(picture.substring(start, end).replace("]]", "]")));
        }
    }

    private static Marker marker(String text, List<Part> before) {
        var component = text.isEmpty() ? ' ' : text.charAt(0);
        var comma = text.lastIndexOf(',');
        var presentation = text.isEmpty() ? "" : text.substring(1, comma < 1 ? text.length() : comma);
        var modifier = ' ';
        if (presentation.isEmpty()) {
            presentation = USUAL.getOrDefault(component, "");
        } else if (presentation.length() > 1 && "atco".indexOf(presentation.charAt(presentation.length() - 1)) >= 0) {
            modifier = presentation.charAt(presentation.length() - 1);
            presentation = presentation.substring(0, presentation.length() - 1);
        }
        if (presentation.isEmpty()) {
            throw ExpressionFault.of("D3132", String.valueOf(component));
        }
        var width = comma < 1 ? Width.ANY : Width.of(text.substring(comma + 1));
        if (presentation.startsWith("n") || presentation.startsWith("N")) {
            var names = presentation.startsWith("n")
                    ? Names.LOWER
                    : presentation.startsWith("Nn") ? Names.TITLE : Names.UPPER;
            return new Marker(component, modifier, names, width, null, -1);
        }
        if (component == 'Z' || component == 'z') {
            return new Marker(component, modifier, null, width, zone(presentation), -1);
        }
        if ("YMDdFWwXxHhmsf".indexOf(component) < 0) {
            return new Marker(component, modifier, null, width, null, -1);
        }
        return integer(component, modifier, presentation, width, before);
    }

    private static IntegerPicture zone(String presentation) {
        try {
            return IntegerPicture.of(presentation);
        } catch (ExpressionFault _) {
            throw ExpressionFault.of("D3134");
        }
    }

    private static Marker integer(char component, char modifier, String presentation, Width width, List<Part> before) {
        var integer = IntegerPicture.of(modifier == ' ' ? presentation : presentation + ";" + modifier);
        if (width.least > integer.mandatory()) {
            integer.mandatory(width.least);
        }
        var digits = -1;
        if (component == 'Y') {
            if (width.most >= 0) {
                digits = width.most;
                integer.mandatory(digits);
            } else if (integer.size() >= 2) {
                digits = integer.size();
            }
        }
        if (!before.isEmpty() && before.getLast() instanceof Marker marker && marker.integer != null) {
            // Two numbers in a row: where the first ends is told by its digits.
            marker.integer.exact();
        }
        return new Marker(component, modifier, null, width, integer, digits);
    }

    /** A literal or a marker. */
    sealed interface Part {}

    /** Stands for itself. */
    record Literal(String text) implements Part {}

    /**
     * A part of a time.
     *
     * @param modifier {@code o} for ordinals, {@code t} for a Z as zone, else a space
     * @param names    when it is a name
     * @param integer  when it is a number
     * @param digits   of a year, from the right; negative for all
     */
    record Marker(
            char component,
            char modifier,
            @Nullable Names names,
            Width width,
            @Nullable IntegerPicture integer,
            int digits)
            implements Part {}

    /** How a name is written. */
    enum Names {
        UPPER,
        LOWER,
        TITLE
    }

    /** Characters of a part; negative when there is no bound. */
    record Width(int least, int most) {

        private static final Width ANY = new Width(-1, -1);

        private static Width of(String text) {
            var dash = text.indexOf('-');
            return dash < 0
                    ? new Width(bound(text), -1)
                    : new Width(bound(text.substring(0, dash)), bound(text.substring(dash + 1)));
        }

        private static int bound(String text) {
            var number = IntegerPicture.leading(text, '0');
            return number >= 0 && number < 1000 ? (int) number : -1;
        }
    }
}
