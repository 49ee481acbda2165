package dev.weft.gateway.body;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Undoes a body's content codings, the last one first: gzip, and deflate with or without the zlib header that many
 * senders leave out. 415 for another coding, 400 for a broken one, 413 above the limit, which holds for each layer.
 */
final class ContentCodings {

    /** Each layer may cost as much as the limit allows. */
    private static final int MOST = 3;
    /** Deflate, which all of them use, makes at most 258 bytes of two bits. */
    private static final long RATIO = 1032;

    private final int limit;

    /** @param limit bytes of the unpacked body */
    ContentCodings(int limit) {
        this.limit = limit;
    }

    /** Those to be undone, as Content-Encoding names them. */
    static List<String> of(String header) {
        var codings = new ArrayList<String>();
        for (var each : header.split(",", -1)) {
            var coding = each.strip().toLowerCase(Locale.ROOT);
            if (!coding.isEmpty() && !coding.equals("identity")) {
                codings.add(coding);
            }
        }
        if (codings.size() > MOST) {
            throw unsupported("More than " + MOST + " codings of a body are not taken.");
        }
        return codings;
    }

    /** What a body of so many bytes can unpack to, at most. */
    static long longest(int length, List<String> codings, int limit) {
        var longest = (long) length;
        for (var _ : codings) {
            longest = Math.min(longest * RATIO, limit);
        }
        return longest;
    }

    byte[] unpack(byte[] body, List<String> codings) {
        var unpacked = body;
        // The coding applied last is the outermost.
        for (var coding : codings.reversed()) {
            unpacked = unpack(unpacked, coding);
        }
        return unpacked;
    }

    private byte[] unpack(byte[] packed, String coding) {
        return switch (coding) {
            case "gzip", "x-gzip" -> inflate(coding, () -> new GzipStream(packed));
            case "deflate" -> inflate(coding, () -> inflater(packed));
            default -> throw unsupported("The coding " + coding + " of the body is not taken; what is: gzip, deflate.");
        };
    }

    private static InputStream inflater(byte[] packed) {
        // RFC 1950: a zlib header has the method 8 in the low half of its first byte, and both bytes together are a
        // multiple of 31.
        var zlib = packed.length >= 2
                && (packed[0] & 0x0f) == 8
                && ((packed[0] & 0xff) << 8 | (packed[1] & 0xff)) % 31 == 0;
        return new Inflating(packed, new Inflater(!zlib));
    }

    private byte[] inflate(String coding, Packed packed) {
        try (var stream = packed.open()) {
            var unpacked = new ByteArrayOutputStream();
            var buffer = new byte[8192];
            for (var read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                // Checked before the bytes are kept: a thousandth of the limit may unpack to all of it.
                if (unpacked.size() + read > limit) {
                    throw Problem.of(
                                    ProblemCode.PAYLOAD_TOO_LARGE,
                                    "The body is larger than " + limit + " bytes when it is unpacked.")
                            .exception();
                }
                unpacked.write(buffer, 0, read);
            }
            return unpacked.toByteArray();
        } catch (IOException e) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "The body is not in the coding " + coding + ", as it says.")
                    .exception();
        }
    }

    private static RuntimeException unsupported(String why) {
        return Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, why).exception();
    }

    /**
     * Frees the inflater's memory outside the heap, and treats data that asks for a preset dictionary as broken, since
     * nobody has that dictionary.
     */
    private static final class Inflating extends InflaterInputStream {

        private Inflating(byte[] packed, Inflater inflater) {
            super(new ByteArrayInputStream(packed), inflater, 8192);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var read = super.read(bytes, offset, length);
            if (read < 0 && inf.needsDictionary()) {
                throw new ZipException("The body needs a dictionary.");
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }

    /** Opens a packed body; already its first bytes may be invalid. */
    @FunctionalInterface
    private interface Packed {
        InputStream open() throws IOException;
    }
}
