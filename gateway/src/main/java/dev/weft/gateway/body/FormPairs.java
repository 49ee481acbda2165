package dev.weft.gateway.body;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Queries and forms as objects: {@code a=1&b=x&b=y} is {@code {"a":"1","b":["x","y"]}}. A name or value is made of its bytes,
 * those that are written out as {@code %E9} and those that are not, and then read in the charset: in some charsets a
 * character is half escaped.
 */
final class FormPairs {

    private FormPairs() {}

    /** UTF-8, as the addresses of the web are. */
    static Map<String, Object> ofQuery(@Nullable String query) {
        return parse(query == null ? new byte[0] : query.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static Map<String, Object> ofText(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** @param charset one that has ASCII in it */
    static Map<String, Object> parse(byte[] form, Charset charset) {
        var pairs = new BodyMembers();
        for (var start = 0; start < form.length; ) {
            var end = indexOf(form, '&', start, form.length);
            if (end > start) {
                var equals = indexOf(form, '=', start, end);
                var value = equals == end ? "" : decoded(form, equals + 1, end, charset);
                pairs.add(decoded(form, start, equals, charset), value);
            }
            start = end + 1;
        }
        return pairs.object();
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        var at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String decoded(byte[] form, int from, int to, Charset charset) {
        var bytes = new ByteArrayOutputStream(to - from);
        for (var at = from; at < to; at++) {
            switch (form[at]) {
                case '+' -> bytes.write(' ');
                case '%' -> {
                    bytes.write(escaped(form, at, to));
                    at += 2;
                }
                default -> bytes.write(form[at]);
            }
        }
        return BodyText.decode("A query or a form", bytes.toByteArray(), 0, charset);
    }

    private static int escaped(byte[] form, int percent, int to) {
        var high = percent + 2 < to ? Character.digit(form[percent + 1], 16) : -1;
        var low = percent + 2 < to ? Character.digit(form[percent + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw Problem.of(
                            ProblemCode.BAD_REQUEST,
                            "A query or a form is not encoded as it should be: % is followed by two hex digits.")
                    .exception();
        }
        return high * 16 + low;
    }
}
