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
 * before a byte is read, or where it passes the limit when it comes in chunks. Bytes count in the {@link BodyBudget}
 * and must arrive within the {@link BodyTime}; memory is allocated for what has arrived, not for what was announced.
 */
public final class LimitedBody {

    private static final byte[] EMPTY = {};
    private static final int FIRST = 8 * 1024;

    private final HttpServletRequest request;
    private final InputStream stream;
    private final BodyBudget.Held budget;
    private final BodyTime time;
    private byte[] start;

    private LimitedBody(HttpServletRequest request, InputStream stream) {
        this.request = request;
        this.stream = stream;
        this.budget = BodyBudget.of(request);
        this.time = BodyTime.of(request);
        this.start = EMPTY;
    }

    /** Looks whether there is a body at all. */
    public static LimitedBody open(HttpServletRequest request) throws IOException {
        var length = request.getContentLengthLong();
        if (length < 0 && request.getHeader("Transfer-Encoding") == null) {
            length = 0;
        }
        if (length == 0) {
            return new LimitedBody(request, InputStream.nullInputStream());
        }
        var body = new LimitedBody(request, request.getInputStream());
        // A chunked body may be empty, which only reading a byte tells.
        if (length < 0) {
            body.start = body.stream.readNBytes(1);
        }
        return body;
    }

    public boolean isEmpty() {
        return start.length == 0 && request.getContentLengthLong() <= 0;
    }

    public byte[] read(int limit) throws IOException {
        requireShort(limit);
        // One byte more than the limit, to tell a body that is too long from one of exactly the limit.
        var bytes = collect(limit + 1);
        if (bytes.length > limit) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    private void requireShort(int limit) {
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
    }

    private byte[] collect(int most) throws IOException {
        if (isEmpty()) {
            return EMPTY;
        }
        // The array grows with what has arrived: an announced length alone must not cost memory.
        var bytes = Arrays.copyOf(start, Math.min(FIRST, most));
        var size = start.length;
        while (size < most) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(size * 2, most));
            }
            var read = stream.read(bytes, size, bytes.length - size);
            if (read < 0) {
                break;
            }
            // Cuts a sender of one byte now and then: the server limits the wait for each single byte only.
            time.require();
            budget.take(read);
            size += read;
        }
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private static ProblemException tooLarge(int limit) {
        return Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body is larger than " + limit + " bytes.")
                .exception();
    }
}
