package dev.weft.expression.date;

import dev.weft.expression.picture.IntegerPicture;
import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayList;
import java.util.List;

/**
 * How a time is written: {@code [Y0001]-[M01]-[D01]}; a part is a literal or a marker.
 *
 * <p>Source: XPath and XQuery Functions and Operators 3.1, fn:format-dateTime.
 *
 * @param parts from left to right
 */
public record DatePicture(List<DatePart> parts) {

    public static final DatePicture ISO = of("[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]");

    public static DatePicture of(String picture) {
        IntegerPicture.checkLength(picture);
        var parts = new ArrayList<DatePart>();
        var start = 0;
        var at = 0;
        while (at < picture.length()) {
            if (picture.charAt(at) != '[') {
                at++;
                continue;
            }
            literal(picture, start, at, parts);
            if (picture.startsWith("[[", at)) {
                parts.add(new DateLiteral("["));
                at += 2;
            } else {
                var end = picture.indexOf(']', at);
                if (end < 0) {
                    throw ExpressionFault.of("D3135");
                }
                // fn:format-dateTime does not count white space within a marker.
                parts.add(DateMarker.of(picture.substring(at + 1, end).replaceAll("\\s+", ""), parts));
                at = end + 1;
            }
            start = at;
        }
        literal(picture, start, at, parts);
        return new DatePicture(parts);
    }

    private static void literal(String picture, int start, int end, List<DatePart> parts) {
        if (end > start) {
            parts.add(new DateLiteral(picture.substring(start, end).replace("]]", "]")));
        }
    }
}
