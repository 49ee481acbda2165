package dev.weft.expression.semantics;

/** Writes texts as JSON strings. */
public final class QuotedText {

    private static final String HEX = "0123456789abcdef";
    /** One bit less than a power of two. */
    private static final int CHARACTERS_BETWEEN_LOOKS = 4095;

    private final StringBuilder text;
    private final Runnable look;

    /** @param look what is done now and then within a long text */
    QuotedText(StringBuilder text, Runnable look) {
        this.text = text;
        this.look = look;
    }

    void write(String string) {
        text.append('"');
        for (var i = 0; i < string.length(); i++) {
            var c = string.charAt(i);
            if ((i & CHARACTERS_BETWEEN_LOOKS) == CHARACTERS_BETWEEN_LOOKS) {
                look.run();
            }
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    // Half of a surrogate pair has no form in UTF-8. It is escaped, as JSON.stringify does, so that the
                    // text can be sent and comes back the same.
                    if (c < ' ' || isAlone(string, i)) {
                        escape(c);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Half a character that has lost its other half. */
    public static boolean isAlone(String string, int i) {
        var c = string.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
    }

    private void escape(char c) {
        text.append("\\u");
        for (var shift = 12; shift >= 0; shift -= 4) {
            text.append(HEX.charAt((c >> shift) & 15));
        }
    }
}
