package dev.weft.common.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Undoes the content codings of a response, in reverse order. The HTTP client would treat a broken coding as a broken
 * connection.
 */
final class ResponseCoding {

    private ResponseCoding() {}

    static byte[] undo(List<String> headers, byte[] packed) throws HttpCallFailure {
        var codings = new ArrayList<String>();
        for (var header : headers) {
            for (var coding : header.split(",", -1)) {
                codings.add(coding.strip().toLowerCase(Locale.ROOT));
            }
        }
        var bytes = packed;
        for (var coding : codings.reversed()) {
            bytes = undo(coding, bytes);
        }
        return bytes;
    }

    private static byte[] undo(String coding, byte[] packed) throws HttpCallFailure {
        try {
            return switch (coding) {
                case "", "identity" -> packed;
                case "gzip", "x-gzip" -> read(new GZIPInputStream(new ByteArrayInputStream(packed)));
                case "deflate" -> read(inflating(packed));
                default ->
                    throw HttpCallFailure.quoting(
                            "HttpError",
                            "The answer has the content coding " + coding + ", which is not known.",
                            false);
            };
        } catch (IOException e) {
            throw new HttpCallFailure(
                    "HttpError", "The answer can not be unpacked: its content is no " + coding + ".", false);
        }
    }

    /** Some servers leave out the frame that the name stands for. */
    private static InputStream inflating(byte[] packed) {
        var isFramed = packed.length > 1
                && (packed[0] & 0x0f) == 8
                && (((packed[0] & 0xff) << 8) + (packed[1] & 0xff)) % 31 == 0;
        return new InflaterInputStream(new ByteArrayInputStream(packed), new Inflater(!isFramed));
    }

    private static byte[] read(InputStream plain) throws IOException, HttpCallFailure {
        try (plain) {
            var bytes = plain.readNBytes(HttpCaller.BODY + 1);
            if (bytes.length > HttpCaller.BODY) {
                throw HttpCallFailure.tooLarge();
            }
            return bytes;
        }
    }
}
