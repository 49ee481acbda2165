package dev.weft.gateway.limit;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The body of a request, read as far as it is allowed to go: a longer one is refused with 413, by its Content-Length
 * before a byte is read, or where it passes the limit when it comes in chunks.
 */
public final class LimitedBody {

    private static final byte[] EMPTY = {};
    private static final int FIRST = 8 * 1024;

    private final HttpServletRequest request;
    private final InputStream stream;
    private final byte[] first;

    private LimitedBody(HttpServletRequest request, InputStream stream, byte[] first) {
        this.request = request;
        this.stream = stream;
        this.first = first;
    }

    /** Looks whether there is a body at all. */
    public static LimitedBody open(HttpServletRequest request) throws IOException {
        var length = request.getContentLengthLong();
        if (length < 0 && request.getHeader("Transfer-Encoding") == null) {
            length = 0;
        }
        if (length == 0) {
            return new LimitedBody(request, InputStream.nullInputStream(), EMPTY);
        }
        var stream = request.getInputStream();
        if (length > 0) {
            return new LimitedBody(request, stream, EMPTY);
        }
        return new LimitedBody(request, stream, stream.readNBytes(1));
    }

    public boolean isEmpty() {
        return first.length == 0 && request.getContentLengthLong() <= 0;
    }

    public byte[] read(int limit) throws IOException {
        var length = request.getContentLengthLong();
        if (length > limit) {
            throw tooLarge(limit);
        }
        if (isEmpty()) {
            return EMPTY;
        }
        return length >= 0 ? stream.readNBytes((int) length) : chunks(limit);
    }

    private byte[] chunks(int limit) throws IOException {
        var bytes = Arrays.copyOf(first, FIRST);
        var size = first.length;
        while (true) {
            var read = stream.read(bytes, size, bytes.length - size);
            if (read < 0) {
                return Arrays.copyOf(bytes, size);
            }
            size += read;
            if (size > limit) {
                throw tooLarge(limit);
            }
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(size * 2, limit + 1));
            }
        }
    }

    private static ProblemException tooLarge(int limit) {
        return Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body is larger than " + limit + " bytes.")
                .exception();
    }
}
