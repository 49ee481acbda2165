package dev.weft.gateway.openapi;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that does not change while the gateway runs.
 *
 * @param tag the value of ETag: the same bytes have the same one at every gateway
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never changed
public record PublishedFile(String contentType, byte[] content, String tag) {

    private static final int TAG_BYTES = 16;

    static PublishedFile of(String contentType, byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new PublishedFile(contentType, content, '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
