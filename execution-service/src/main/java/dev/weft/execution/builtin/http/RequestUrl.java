package dev.weft.execution.builtin.http;

import dev.weft.execution.step.StepFailure;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Addresses as people write them: characters that may not stand in one are encoded, what is encoded stays as it is. */
final class RequestUrl {

    private static final String NEVER = " \"<>\\^`{|}";

    private RequestUrl() {}

    /** @throws StepFailure when it is no address of {@code http} or {@code https} */
    static URI parse(String text) {
        try {
            var url = new URI(encode(text.strip()));
            var scheme = url.getScheme();
            if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
                throw invalid(text, "it does not start with http:// or https://");
            }
            if (url.getHost() == null) {
                throw invalid(text, "it names no host");
            }
            return url;
        } catch (URISyntaxException e) {
            throw invalid(text, e.getReason());
        }
    }

    private static String encode(String text) {
        var start = text.indexOf("://") + 3;
        var end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        var authority = text.substring(start < 3 ? 0 : start, end);
        var encoded = new StringBuilder(text.length() + 16);
        encoded.append(text, 0, Math.max(0, start)).append(ascii(authority));
        var rest = text.substring(end);
        for (var i = 0; i < rest.length(); ) {
            var point = rest.codePointAt(i);
            i += Character.charCount(point);
            if (point <= ' ' || point >= 127 || NEVER.indexOf(point) >= 0) {
                for (var octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
                }
            } else {
                encoded.appendCodePoint(point);
            }
        }
        return encoded.toString();
    }

    private static String ascii(String authority) {
        if (authority.chars().allMatch(c -> c < 128)) {
            return authority;
        }
        try {
            return IDN.toASCII(authority);
        } catch (IllegalArgumentException e) {
            throw invalid(authority, "its host is no name");
        }
    }

    private static StepFailure invalid(String text, String why) {
        var shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
        return new StepFailure("HttpError", "Not an address that can be called: " + why + ": " + shown);
    }
}
