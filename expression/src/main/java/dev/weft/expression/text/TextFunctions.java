package dev.weft.expression.text;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.semantics.Texts;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Run;
import java.util.Locale;

/** The functions of texts, and those of them that need no pattern. They count code points, so that no character is cut in two. */
public final class TextFunctions {

    private static final int PAD = 1_000_000;

    private TextFunctions() {}

    public static void define(FunctionDefinitions all) {
        all.add("string", "<x-b?:s>", 1, a -> Texts.of(a.get(0), Boolean.TRUE.equals(a.get(1)), a.run()));
        all.add("length", "<s-:n>", 1, a -> Substrings.length(a.text(0)));
        all.add("substring", "<s-nn?:s>", 3, Substrings::substring);
        all.add("substringBefore", "<s-s:s>", 2, Substrings::before);
        all.add("substringAfter", "<s-s:s>", 2, Substrings::after);
        all.add("lowercase", "<s-:s>", 1, a -> Substrings.made(a, a.text(0).toLowerCase(Locale.ROOT)));
        all.add("uppercase", "<s-:s>", 1, a -> Substrings.made(a, a.text(0).toUpperCase(Locale.ROOT)));
        all.add("trim", "<s-:s>", 1, a -> trim(a.text(0), a.run()));
        all.add("pad", "<s-ns?:s>", 3, TextFunctions::pad);
        all.add("join", "<a<s>s?:s>", 2, TextFunctions::join);
        MatchFunctions.define(all);
        EncodingFunctions.define(all);
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
        var missing = (int) Math.abs(width) - Substrings.length(text);
        if (missing <= 0) {
            return text;
        }
        // Twice the characters, since one may be two Java chars.
        a.run().makeText(text.length() + 2L * missing);
        var filler = a.text(2).isEmpty() ? " " : a.text(2);
        var padding = filler.length() == 1 ? filler.repeat(missing) : filling(filler, missing);
        return width > 0 ? text + padding : padding + text;
    }

    private static String filling(String filler, int characters) {
        var each = Substrings.length(filler);
        var filling = filler.repeat(characters / each);
        return filling + Substrings.slice(filler, each, 0, characters % each);
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
