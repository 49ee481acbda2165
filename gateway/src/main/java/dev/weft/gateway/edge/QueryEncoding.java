package dev.weft.gateway.edge;

import dev.weft.common.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Refuses (400) a query that is not percent-encoded UTF-8, or has the character NUL in it: behind the gateway each part
 * would stumble over it in its own way, and the document store over a NUL in a search.
 */
final class QueryEncoding {

    private QueryEncoding() {}

    static void require(@Nullable String query) {
        if (query == null) {
            return;
        }
        for (var pair : query.split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!isText(name) || !isText(value)) {
                throw Problem.parameter(
                                isText(name) ? name : "",
                                "The query is no percent-encoded UTF-8 text without the character NUL.")
                        .exception();
            }
        }
    }

    private static boolean isText(String part) {
        if (part.indexOf('%') < 0) {
            return true;
        }
        var bytes = new ByteArrayOutputStream(part.length());
        for (var i = 0; i < part.length(); i++) {
            var c = part.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            var high = i + 2 < part.length() ? Character.digit(part.charAt(i + 1), 16) : -1;
            var low = high < 0 ? -1 : Character.digit(part.charAt(i + 2), 16);
            if (low < 0 || high == 0 && low == 0) {
                return false;
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return Utf8.isValid(bytes.toByteArray());
    }
}
