package dev.weft.gateway.body;

import dev.weft.common.flowmessage.ByteOrderMark;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes as text. The charset is that of a byte order mark (which is dropped), else the one that the header names, else
 * UTF-8. Bytes that are invalid in it are refused (400), never replaced by U+FFFD.
 */
final class BodyText {

    private BodyText() {}

    /** @param named by the sender */
    static String read(byte[] bytes, Optional<Charset> named) {
        var mark = ByteOrderMark.of(bytes);
        if (mark.isEmpty()) {
            return ByteOrderMark.without(decode(
                    "The body",
                    bytes,
                    0,
                    named.map(charset -> inOrder(charset, bytes)).orElse(StandardCharsets.UTF_8)));
        }
        // The mark is tried first: it is in the bytes themselves, while a header is often only the server's default
        // (RFC 7303 3). If the bytes after it are invalid in the mark's charset, the header counts.
        var start = mark.get().lengthIn(bytes);
        var marked = tryDecode(bytes, start, mark.get().charset());
        return marked.orElseGet(
                () -> decode("The body", bytes, start, named.orElse(mark.get().charset())));
    }

    /** UTF-16 without a mark has the big end first; the many that send it otherwise show it by where the zeros are. */
    private static Charset inOrder(Charset named, byte[] bytes) {
        var littleEnd = bytes.length >= 2 && bytes[0] != 0 && bytes[1] == 0;
        return named.equals(StandardCharsets.UTF_16) && littleEnd ? StandardCharsets.UTF_16LE : named;
    }

    /** @param what is read, for the refusal */
    static String decode(String what, byte[] bytes, int start, Charset charset) {
        return tryDecode(bytes, start, charset).orElseThrow(() -> refusal(what, charset));
    }

    static RuntimeException refusal(String what, Charset charset) {
        return Problem.of(ProblemCode.BAD_REQUEST, what + " is not text in " + charset.name() + ".")
                .exception();
    }

    private static Optional<String> tryDecode(byte[] bytes, int start, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
