package dev.weft.common.egress;

import java.util.regex.Pattern;

/**
 * Removes {@code user:password@} from texts that people will read: reasons, errors, log lines. Such texts may quote
 * addresses, in whatever spelling called servers and libraries use.
 */
public final class ShownText {

    /** What ends the authority of an address in a text (RFC 3986, 3.2), or can not stand in an address at all. */
    private static final String ENDS = "/?#\\\"<>`";

    private static final Pattern PORT = Pattern.compile("\\d*\\p{Punct}*");
    private static final int LONGEST_USER = 256;

    private ShownText() {}

    /**
     * The text without the users and passwords of the addresses in it; nothing else is changed: an {@code @} in a path or
     * a query stays. Also addresses as JSON may write them, {@code https:\/\/user@host\/}. A user or password with blanks
     * or quotes in it can not stand in an address, and is written by people nonetheless: what looks like one is taken out
     * too, and with it rather too much of a sentence than too little of a password.
     */
    public static String withoutUsers(String text) {
        var begin = authority(text, 0);
        if (begin < 0) {
            return text;
        }
        var shown = new StringBuilder(text.length());
        var from = 0;
        while (begin >= 0) {
            var end = endOfAuthority(text, begin);
            var host = behindUser(text, begin, end);
            shown.append(text, from, begin);
            from = behindLooseUser(text, host, end);
            begin = authority(text, from);
        }
        return shown.append(text, from, text.length()).toString();
    }

    private static int endOfAuthority(String text, int begin) {
        var end = begin;
        while (end < text.length() && !endsAuthority(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int behindUser(String text, int begin, int end) {
        for (var at = end - 1; at >= begin; at--) {
            if (text.charAt(at) == '@') {
                return at + 1;
            }
        }
        return begin;
    }

    /**
     * Where the host begins when what seems to be the whole authority is the beginning of a user: it has a colon with no
     * port behind it ({@code u:p w@host}), or the word before an {@code @} behind it has a colon ({@code a b:p@host}).
     *
     * @param end of what seems to be the authority
     */
    private static int behindLooseUser(String text, int begin, int end) {
        var isUser = !isPlace(text.substring(begin, end));
        var mayBeUser = true;
        var hasPassword = false;
        var last = Math.min(text.length(), begin + LONGEST_USER);
        for (var i = end; i < last; i++) {
            var c = text.charAt(i);
            if (c == '@') {
                return isUser || (mayBeUser && hasPassword) ? behindUser(text, i, endOfAuthority(text, i)) : begin;
            }
            if (c == '\n' || c == '\r' || text.startsWith("://", i)) {
                return begin;
            }
            mayBeUser &= ENDS.indexOf(c) < 0;
            if (!isUser && !mayBeUser) {
                return begin;
            }
            hasPassword = !Character.isWhitespace(c) && (hasPassword || c == ':');
        }
        return begin;
    }

    /** A host with or without port, in a sentence, where a comma may follow. */
    private static boolean isPlace(String authority) {
        var colon = authority.indexOf(':', authority.startsWith("[") ? authority.indexOf(']') + 1 : 0);
        return colon < 0
                || PORT.matcher(authority).region(colon + 1, authority.length()).matches();
    }

    /** Where the next authority begins, behind {@code ://}; -1: nowhere. */
    private static int authority(String text, int from) {
        for (var at = text.indexOf(':', from); at >= 0; at = text.indexOf(':', at + 1)) {
            if (text.startsWith("//", at + 1)) {
                return at + 3;
            }
            if (text.startsWith("\\/\\/", at + 1)) {
                return at + 5;
            }
        }
        return -1;
    }

    static boolean endsAuthority(char c) {
        return Character.isWhitespace(c) || ENDS.indexOf(c) >= 0;
    }
}
