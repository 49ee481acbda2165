package dev.weft.common.egress;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Converts host names to ASCII as name servers know them (IDNA). Java's converter is of 2003: it gives another host for
 * {@code straße.test} than browsers do, and does not know newer characters, such as most emoji.
 */
public final class HostName {

    private static final Pattern DOT = Pattern.compile("[.\u3002\uFF0E\uFF61]");
    /** Letters of their own since IDNA of 2008, which the one of 2003 replaces by others. */
    private static final Pattern LETTERS_OF_2008 = Pattern.compile("[\u00DF\u1E9E\u03C2]");

    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private HostName() {}

    /** @throws IllegalArgumentException when it is no name */
    public static String ascii(String host) {
        if (host.chars().allMatch(c -> c < 128)) {
            return host;
        }
        var name = new StringJoiner(".");
        for (var label : DOT.split(host, -1)) {
            name.add(label.isEmpty() ? "" : label(label));
        }
        return name.toString();
    }

    private static String label(String label) {
        try {
            return LETTERS_OF_2008.matcher(label).find()
                    ? "xn--" + punycode(Normalizer.normalize(label.toLowerCase(Locale.ROOT), Normalizer.Form.NFC))
                    : IDN.toASCII(label, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("its host is no name");
        }
    }

    /** RFC 3492, 6.3. */
    private static String punycode(String text) {
        var points = text.codePoints().toArray();
        var out = new StringBuilder();
        text.chars().filter(c -> c < 128).forEach(c -> out.append((char) c));
        var basic = out.length();
        if (basic > 0) {
            out.append('-');
        }
        var bias = 72;
        var delta = 0;
        var done = basic;
        for (var point = 128; done < points.length; point++) {
            var next = Integer.MAX_VALUE;
            for (var one : points) {
                next = one >= point && one < next ? one : next;
            }
            delta = Math.addExact(delta, Math.multiplyExact(next - point, done + 1));
            point = next;
            for (var one : points) {
                if (one < point) {
                    delta++;
                } else if (one == point) {
                    number(out, delta, bias);
                    bias = adapted(delta, done + 1, done == basic);
                    delta = 0;
                    done++;
                }
            }
            delta++;
        }
        return out.toString();
    }

    private static void number(StringBuilder out, int delta, int bias) {
        var left = delta;
        for (var step = 36; ; step += 36) {
            var least = Math.clamp(step - bias, 1, 26);
            if (left < least) {
                out.append(DIGITS.charAt(left));
                return;
            }
            out.append(DIGITS.charAt(least + (left - least) % (36 - least)));
            left = (left - least) / (36 - least);
        }
    }

    private static int adapted(int delta, int points, boolean first) {
        var left = first ? delta / 700 : delta / 2;
        left += left / points;
        var steps = 0;
        for (; left > 455; left /= 35) {
            steps += 36;
        }
        return steps + 36 * left / (left + 38);
    }
}
