package dev.weft.expression.date;

import dev.weft.expression.value.ExpressionFault;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pattern that a part of a picture matches in a text, and the value of such a text. */
final class PartReader {

    private PartReader() {}

    /** An expression that finds it. */
    static String regex(DatePart part) {
        return switch (part) {
            case DateLiteral(var text) -> Pattern.quote(text);
            case DateMarker marker ->
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

    /** Null when the text is no name. */
    static @Nullable Double value(DateMarker marker, String text) {
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
    private static double zone(DateMarker marker, String text) {
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

    private static @Nullable Double named(DateMarker marker, String text) {
        var most = marker.width().most();
        return switch (marker.component()) {
            case 'M', 'x' -> index(DateNames.MONTHS, text, most, 1);
            case 'F' -> index(DateNames.DAYS, text, most, 0);
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
}
