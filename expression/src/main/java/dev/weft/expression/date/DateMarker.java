package dev.weft.expression.date;

import dev.weft.expression.picture.IntegerPicture;
import dev.weft.expression.picture.LetterCase;
import dev.weft.expression.value.ExpressionFault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a time, such as {@code [M01]}.
 *
 * @param modifier {@code o} for ordinals, {@code t} for a Z as zone, else a space
 * @param names    when it is a name
 * @param integer  when it is a number
 * @param digits   of a year, from the right; negative for all
 */
record DateMarker(
        char component,
        char modifier,
        @Nullable LetterCase names,
        PartWidth width,
        @Nullable IntegerPicture integer,
        int digits)
        implements DatePart {

    /** How components are written where a picture does not say it. */
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

    /** @param before the parts that stand before it */
    static DateMarker of(String text, List<DatePart> before) {
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
        var width = comma < 1 ? PartWidth.ANY : PartWidth.of(text.substring(comma + 1));
        if (presentation.startsWith("n") || presentation.startsWith("N")) {
            var names = presentation.startsWith("n")
                    ? LetterCase.LOWER
                    : presentation.startsWith("Nn") ? LetterCase.TITLE : LetterCase.UPPER;
            return new DateMarker(component, modifier, names, width, null, -1);
        }
        if (component == 'Z' || component == 'z') {
            return new DateMarker(component, modifier, null, width, zone(presentation), -1);
        }
        if ("YMDdFWwXxHhmsf".indexOf(component) < 0) {
            return new DateMarker(component, modifier, null, width, null, -1);
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

    private static DateMarker integer(
            char component, char modifier, String presentation, PartWidth width, List<DatePart> before) {
        var integer = IntegerPicture.of(modifier == ' ' ? presentation : presentation + ";" + modifier);
        if (width.least() > integer.mandatory()) {
            integer.mandatory(width.least());
        }
        var digits = -1;
        if (component == 'Y') {
            if (width.most() >= 0) {
                digits = width.most();
                integer.mandatory(digits);
            } else if (integer.size() >= 2) {
                digits = integer.size();
            }
        }
        if (!before.isEmpty() && before.getLast() instanceof DateMarker marker && marker.integer() != null) {
            // Two numbers follow each other directly: only a fixed number of digits tells where the first one ends.
            marker.integer().exact();
        }
        return new DateMarker(component, modifier, null, width, integer, digits);
    }
}
