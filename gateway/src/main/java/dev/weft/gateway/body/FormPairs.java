package dev.weft.gateway.body;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Queries and forms as objects: {@code a=1&b=x&b=y} is {@code {"a":"1","b":["x","y"]}}. A name or value is first turned
 * into bytes, escaped ones ({@code %E9}) and plain ones alike, and then decoded as a whole: in some charsets one byte
 * of a character is escaped and the other is not.
 */
final class FormPairs {

    /** Where an octet below 128 is ASCII, whatever stands around it. */
    private static final Set<Charset> ASCII =
            Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII);

    private final byte[] form;
    private final Charset charset;
    private final boolean plainAscii;
    private final CharsetDecoder decoder;
    private final ShortTexts texts = new ShortTexts();
    private byte[] scratch = {};

    private FormPairs(byte[] form, Charset charset) {
        this.form = form;
        this.charset = charset;
        this.plainAscii = ASCII.contains(charset);
        this.decoder = charset.newDecoder();
    }

    /** UTF-8, as the addresses of the web are. */
    static Map<String, Object> ofQuery(@Nullable String query) {
        return query == null || query.isEmpty()
                ? Map.of()
                // The server gives each byte of the raw query as one character.
                : parse(query.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                        .object();
    }

    static BodyMembers ofText(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** @param charset one that has ASCII in it */
    static BodyMembers parse(byte[] form, Charset charset) {
        return new FormPairs(form, charset).members();
    }

    private BodyMembers members() {
        var pairs = new BodyMembers();
        for (var start = 0; start < form.length; ) {
            var end = indexOf(form, '&', start, form.length);
            // Two ampersands in a row, or one at the end, make no pair; some senders write them.
            if (end > start) {
                var equals = indexOf(form, '=', start, end);
                var value = equals == end ? "" : decoded(equals + 1, end);
                pairs.add(decoded(start, equals), value);
            }
            start = end + 1;
        }
        return pairs;
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        var at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private String decoded(int from, int to) {
        if (from == to) {
            return "";
        }
        return texts.of(
                isPlain(from, to) ? new String(form, from, to - from, StandardCharsets.US_ASCII) : read(from, to));
    }

    private boolean isPlain(int from, int to) {
        if (!plainAscii) {
            return false;
        }
        for (var at = from; at < to; at++) {
            if (form[at] < 0 || form[at] == '%' || form[at] == '+') {
                return false;
            }
        }
        return true;
    }

    private String read(int from, int to) {
        if (scratch.length < to - from) {
            scratch = new byte[Math.max(64, to - from)];
        }
        var length = 0;
        for (var at = from; at < to; at++) {
            switch (form[at]) {
                case '+' -> scratch[length++] = ' ';
                case '%' -> {
                    scratch[length++] = (byte) escaped(form, at, to);
                    at += 2;
                }
                default -> scratch[length++] = form[at];
            }
        }
        // Decoded as a whole: one escape may be only half of a character.
        try {
            return decoder.decode(ByteBuffer.wrap(scratch, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw BodyText.refusal("A query or a form", charset);
        }
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
