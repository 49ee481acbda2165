package dev.weft.expression.text;

import dev.weft.expression.definition.CallArguments;
import org.jspecify.annotations.Nullable;

/** Parts of texts. They count code points, so that no character is cut in two. */
final class Substrings {

    private Substrings() {}

    /** A text that is not much longer than the one it was made of is counted when it is there. */
    static String made(CallArguments a, String text) {
        a.run().makeText(text.length());
        return text;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static @Nullable Object substring(CallArguments a) {
        var text = a.text(0);
        var length = length(text);
        var start = a.number(1);
        if (length + start < 0) {
            start = 0;
        }
        if (a.lacks(2)) {
            return made(a, slice(text, length, start, length));
        }
        var wanted = a.number(2);
        if (wanted <= 0) {
            return "";
        }
        return made(a, slice(text, length, start, start >= 0 ? start + wanted : length + start + wanted));
    }

    static String slice(String text, int length, double start, double end) {
        var from = offset(start, length);
        var to = offset(end, length);
        if (from >= to) {
            return "";
        }
        if (length == text.length()) {
            return text.substring(from, to);
        }
        var begin = text.offsetByCodePoints(0, from);
        return text.substring(begin, text.offsetByCodePoints(begin, to - from));
    }

    private static int offset(double position, int length) {
        // Positions are treated as by JavaScript's slice: rounded towards zero, and negative ones counted from the end.
        var whole = Double.isNaN(position) ? 0 : position < 0 ? Math.ceil(position) : Math.floor(position);
        return (int) Math.clamp(whole < 0 ? whole + length : whole, 0, length);
    }

    static String before(CallArguments a) {
        var text = a.text(0);
        var at = a.lacks(1) ? -1 : text.indexOf(a.text(1));
        return at < 0 ? text : made(a, text.substring(0, at));
    }

    static String after(CallArguments a) {
        var text = a.text(0);
        var at = a.lacks(1) ? -1 : text.indexOf(a.text(1));
        return at < 0 ? text : made(a, text.substring(at + a.text(1).length()));
    }
}
