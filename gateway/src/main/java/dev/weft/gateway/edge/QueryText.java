package dev.weft.gateway.edge;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a query can be decoded: each percent sign is followed by two hex digits, and the result is UTF-8 without
 * a zero character, which no store can search for. So no service behind the gateway gets a query that it can not
 * decode.
 */
final class QueryText {

    private QueryText() {}

    static void require(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return;
        }
        // The server gives each byte of a query as one character.
        var octets = query.getBytes(StandardCharsets.ISO_8859_1);
        var length = 0;
        for (var at = 0; at < octets.length; at++) {
            var octet = octets[at];
            if (octet == '%') {
                var high = at + 2 < octets.length ? Character.digit(octets[at + 1], 16) : -1;
                var low = at + 2 < octets.length ? Character.digit(octets[at + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw refusal("a percent sign in it is not followed by two hex digits");
                }
                octet = (byte) (high * 16 + low);
                at += 2;
            }
            if (octet == 0) {
                throw refusal("it holds a zero character");
            }
            octets[length++] = octet;
        }
        if (!Utf8.isValid(java.util.Arrays.copyOf(octets, length))) {
            throw refusal("it is not text in UTF-8");
        }
    }

    private static RuntimeException refusal(String why) {
        return Problem.of(ProblemCode.BAD_REQUEST, "The query can not be read: " + why + ".")
                .exception();
    }
}
