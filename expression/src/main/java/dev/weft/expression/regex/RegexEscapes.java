package dev.weft.expression.regex;

/** Translates escapes, such as {@code \s}, from JavaScript to Java. */
final class RegexEscapes {

    static final String SPACES =
            "\\t\\n\\x0B\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

    private final RegexReader reader;

    RegexEscapes(RegexReader reader) {
        this.reader = reader;
    }

    /** A class of characters or one of them; in a class without brackets around it where that is possible. */
    String read(boolean inClass) {
        var c = reader.next();
        return switch (c) {
            case 'd', 'D', 'w', 'W' -> "\\" + c;
            case 's' -> inClass ? SPACES : "[" + SPACES + "]";
            case 'S' -> "[^" + SPACES + "]";
            case 't', 'n', 'r', 'f' -> "\\" + c;
            case 'v' -> "\\x0B";
            case 'b' -> "\\x08";
            case 'c' -> control();
            case 'x' -> hexadecimal(2, c);
            case 'u' -> hexadecimal(4, c);
            // Annex B: a number that names no group is an octal code.
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c);
            default -> {
                if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c > '~') {
                    yield String.valueOf(c);
                }
                yield "\\" + c;
            }
        };
    }

    private String control() {
        var c = reader.peek();
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            reader.next();
            return code(c & 31);
        }
        // Annex B: without a letter behind it, \c is a backslash and a c.
        return "\\\\c";
    }

    private String hexadecimal(int digits, char letter) {
        var source = reader.source();
        var end = reader.at() + digits;
        if (end > source.length()
                || !source.substring(reader.at(), end).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            // Annex B: without its digits the escape is the letter alone.
            return String.valueOf(letter);
        }
        return code(Integer.parseInt(reader.upTo(end), 16));
    }

    private String octal(char first) {
        var code = first - '0';
        while (reader.peek() >= '0' && reader.peek() <= '7' && code * 8 < 256) {
            code = code * 8 + reader.next() - '0';
        }
        return code(code);
    }

    private static String code(int code) {
        return String.format("\\u%04x", code);
    }
}
