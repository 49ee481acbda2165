package dev.weft.expression.regex;

import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The source of a regular expression, and how far it has been translated. */
final class RegexReader {

    private final String source;
    private int at;

    RegexReader(String source) {
        this.source = source;
    }

    String source() {
        return source;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at >= source.length();
    }

    /** A blank at the end. */
    char peek() {
        return isAtEnd() ? ' ' : source.charAt(at);
    }

    char next() {
        return source.charAt(at++);
    }

    boolean sees(String text) {
        return source.startsWith(text, at);
    }

    boolean skip(String text) {
        var skipped = sees(text);
        at += skipped ? text.length() : 0;
        return skipped;
    }

    /** What stands between here and there. */
    String upTo(int end) {
        var text = source.substring(at, end);
        at = end;
        return text;
    }

    /** What stands before the next of these characters, which is passed too; null when there is none. */
    @Nullable
    String before(char last) {
        var end = source.indexOf(last, at);
        if (end < 0) {
            return null;
        }
        var text = source.substring(at, end);
        at = end + 1;
        return text;
    }

    /** The character that was begun with {@code first}, which may be the first of its two halves. */
    String character(char first) {
        return Character.isHighSurrogate(first) && !isAtEnd() && Character.isLowSurrogate(peek())
                ? String.valueOf(first) + next()
                : String.valueOf(first);
    }

    /** Behind the digits that begin at a place. */
    int digits(int from) {
        var i = from;
        while (i < source.length() && source.charAt(i) >= '0' && source.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    PatternSyntaxException invalid() {
        return new PatternSyntaxException("", source, -1);
    }
}
