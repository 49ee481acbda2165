package dev.weft.expression.function;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Texts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of texts without patterns. They count code points, so that no character is cut in two. */
final class TextFunctions {

    private static final int PAD = 1_000_000;

    private TextFunctions() {}

    static void define(Library.Definitions all) {
        all.add("string", "<x-b?:s>", 1, a -> Texts.of(a.get(0), Boolean.TRUE.equals(a.get(1)), a.run()));
        all.add("length", "<s-:n>", 1, a -> length(a.text(0)));
        all.add("substring", "<s-nn?:s>", 3, TextFunctions::substring);
        all.add("substringBefore", "<s-s:s>", 2, TextFunctions::before);
        all.add("substringAfter", "<s-s:s>", 2, TextFunctions::after);
        all.add("lowercase", "<s-:s>", 1, a -> made(a, a.text(0).toLowerCase(Locale.ROOT)));
        all.add("uppercase", "<s-:s>", 1, a -> made(a, a.text(0).toUpperCase(Locale.ROOT)));
        all.add("trim", "<s-:s>", 1, a -> trim(a.text(0), a.run()));
        all.add("pad", "<s-ns?:s>", 3, TextFunctions::pad);
        all.add("join", "<a<s>s?:s>", 2, TextFunctions::join);
    }

    /** A text that is not much longer than the one it was made of is counted when it is there. */
    private static String made(CallArguments a, String text) {
        a.run().makeText(text.length());
        return text;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static @Nullable Object substring(CallArguments a) {
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

    private static String slice(String text, int length, double start, double end) {
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
        // Positions are read as those of slice in JavaScript: towards zero, and from the end when negative.
        var whole = Double.isNaN(position) ? 0 : position < 0 ? Math.ceil(position) : Math.floor(position);
        return (int) Math.clamp(whole < 0 ? whole + length : whole, 0, length);
    }

    private static String before(CallArguments a) {
        var text = a.text(0);
        var at = a.lacks(1) ? -1 : text.indexOf(a.text(1));
        return at < 0 ? text : made(a, text.substring(0, at));
    }

    private static String after(CallArguments a) {
        var text = a.text(0);
        var at = a.lacks(1) ? -1 : text.indexOf(a.text(1));
        return at < 0 ? text : made(a, text.substring(at + a.text(1).length()));
    }

    private static String trim(String text, Run run) {
        run.makeText(text.length());
        var trimmed = new StringBuilder(text.length());
        var between = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (isSpace(c)) {
                between = !trimmed.isEmpty();
                continue;
            }
            if (between) {
                trimmed.append(' ');
                between = false;
            }
            trimmed.append(c);
        }
        return trimmed.toString();
    }

    /** The language knows these four only; strip() takes others as well. */
    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static String pad(CallArguments a) {
        var text = a.text(0);
        var width = a.number(1);
        if (Math.abs(width) > PAD) {
            throw ExpressionFault.bound("$pad makes texts of up to " + PAD + " characters.");
        }
        var missing = (int) Math.abs(width) - length(text);
        if (missing <= 0) {
            return text;
        }
        // A character is one or two of Java's.
        a.run().makeText(text.length() + 2L * missing);
        var filler = a.text(2).isEmpty() ? " " : a.text(2);
        var padding = filler.length() == 1 ? filler.repeat(missing) : filling(filler, missing);
        return width > 0 ? text + padding : padding + text;
    }

    private static String filling(String filler, int characters) {
        var each = length(filler);
        var filling = filler.repeat(characters / each);
        return filling + slice(filler, each, 0, characters % each);
    }

    private static String join(CallArguments a) {
        var parts = a.list(0);
        var separator = a.text(1);
        var length = (long) separator.length() * parts.size();
        for (var part : parts) {
            length += part instanceof String text ? text.length() : 0;
        }
        a.run().makeText(length);
        var joined = new StringBuilder((int) length);
        var first = true;
        for (var part : parts) {
            if (!first) {
                joined.append(separator);
            }
            first = false;
            joined.append(part);
        }
        return joined.toString();
    }
}
