package dev.weft.expression.picture;

/** The decimal digits of all scripts. */
final class ScriptDigits {

    /** Their zeros. */
    private static final int[] ZEROS = {
        0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
        0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
        0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10
    };

    private ScriptDigits() {}

    /** The zero of the script that a digit is of; negative when it is none. */
    static int zero(int point) {
        for (var zero : ZEROS) {
            if (point >= zero && point <= zero + 9) {
                return zero;
            }
        }
        return -1;
    }

    /** Plain digits in the script of that zero. */
    static String write(String digits, int zero) {
        if (zero == '0') {
            return digits;
        }
        var script = new StringBuilder();
        digits.chars().forEach(digit -> script.appendCodePoint(digit - '0' + zero));
        return script.toString();
    }

    /** The integer that a text begins with; not a number when it begins with none. */
    static double leading(String text, int zero) {
        // Like JavaScript's parseInt: reads a sign and digits, and ignores what follows.
        var stripped = text.strip();
        var sign = stripped.startsWith("-") ? -1 : 1;
        var start = stripped.startsWith("-") || stripped.startsWith("+") ? 1 : 0;
        var end = start;
        while (end < stripped.length() && stripped.charAt(end) >= zero && stripped.charAt(end) <= zero + 9) {
            end++;
        }
        if (end == start) {
            return Double.NaN;
        }
        var digits = new StringBuilder();
        stripped.substring(start, end).chars().forEach(digit -> digits.append((char) (digit - zero + '0')));
        return sign * Double.parseDouble(digits.toString());
    }
}
