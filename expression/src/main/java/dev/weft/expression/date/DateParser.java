package dev.weft.expression.date;

import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.WatchedText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time in the form of a picture. Larger units that the picture lacks are taken from now, smaller ones are the
 * least possible; a unit missing in between is a fault.
 */
public final class DateParser {

    private DateParser() {}

    /** Nothing when the text is no such time. */
    public static @Nullable Object parse(String text, DatePicture picture, Run run) {
        var regex = new StringBuilder();
        for (var part : picture.parts()) {
            regex.append('(').append(PartReader.regex(part)).append(')');
        }
        // Two numbers without anything between them can be split in many ways.
        var match = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE).matcher(new WatchedText(text, run));
        if (!match.matches()) {
            return Nothing.NOTHING;
        }
        var parts = new DateParts();
        var group = 1;
        for (var part : picture.parts()) {
            if (part instanceof DateMarker marker) {
                var value = PartReader.value(marker, match.group(group));
                if (value != null) {
                    parts.put(marker.component(), value);
                }
            }
            group++;
        }
        return parts.isEmpty() ? Nothing.NOTHING : parts.millis(run.now());
    }
}
