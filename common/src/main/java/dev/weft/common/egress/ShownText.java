package dev.weft.common.egress;

/**
 * Texts that are written down for people: reasons, errors, log lines. They may quote addresses, which called servers and
 * libraries write as they like, and what stands before the {@code @} of an address is a password more often than not.
 */
public final class ShownText {

    /** What ends the authority of an address in a text (RFC 3986, 3.2), or can not stand in an address at all. */
    private static final String ENDS = "/?#\\\"<>`";

    private ShownText() {}

    /**
     * The text without the users and passwords of the addresses in it; nothing else is changed: an {@code @} in a path or
     * a query stays. Also addresses as JSON may write them, {@code https:\/\/user@host\/}.
     */
    public static String withoutUsers(String text) {
        var begin = authority(text, 0);
        if (begin < 0) {
            return text;
        }
        var shown = new StringBuilder(text.length());
        var from = 0;
        while (begin >= 0) {
            var host = begin;
            var end = begin;
            while (end < text.length() && !endsAuthority(text.charAt(end))) {
                end++;
                if (text.charAt(end - 1) == '@') {
                    host = end;
                }
            }
            shown.append(text, from, begin);
            from = host;
            begin = authority(text, host);
        }
        return shown.append(text, from, text.length()).toString();
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

    private static boolean endsAuthority(char c) {
        return Character.isWhitespace(c) || ENDS.indexOf(c) >= 0;
    }
}
