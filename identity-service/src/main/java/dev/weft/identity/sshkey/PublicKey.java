package dev.weft.identity.sshkey;

import dev.weft.common.id.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * An OpenSSH public key, {@code <type> <base64 blob> <comment>}.
 *
 * <p>Source: RFC 4253 6.6 (the blob begins with the type, then come the numbers of the key, each with its length).
 *
 * @param blob    the key itself in base64; keys with the same blob are the same, whatever their comments
 * @param comment the text after the key; empty if there is none
 */
record PublicKey(String type, String blob, String comment) {

    private static final int LONGEST_BLOB = 8192;
    /** The types we take, and how many parts follow the type in the blob. */
    private static final Map<String, Integer> PARTS = Map.of(
            "ssh-rsa", 2,
            "ssh-dss", 4,
            "ssh-ed25519", 1,
            "ecdsa-sha2-nistp256", 2,
            "ecdsa-sha2-nistp384", 2,
            "ecdsa-sha2-nistp521", 2);

    /** Empty when the text is no public key of a type we take. */
    static Optional<PublicKey> parse(String text) {
        var words = text.strip().split("[ \\t]+", 3);
        if (words.length < 2 || text.strip().contains("\n") || !PARTS.containsKey(words[0])) {
            return Optional.empty();
        }
        try {
            var blob = Base64.getDecoder().decode(words[1]);
            var comment = words.length == 3 ? words[2].strip() : "";
            return isKeyOf(words[0], blob)
                    ? Optional.of(new PublicKey(words[0], Base64.getEncoder().encodeToString(blob), comment))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isKeyOf(String type, byte[] blob) {
        if (blob.length > LONGEST_BLOB) {
            return false;
        }
        var rest = ByteBuffer.wrap(blob);
        if (!Arrays.equals(next(rest), type.getBytes(StandardCharsets.US_ASCII))) {
            return false;
        }
        for (int part = 0; part < PARTS.getOrDefault(type, 0); part++) {
            if (next(rest).length == 0) {
                return false;
            }
        }
        return !rest.hasRemaining();
    }

    /** The next part of the blob; empty when it is not whole. */
    private static byte[] next(ByteBuffer rest) {
        if (rest.remaining() < Integer.BYTES) {
            return new byte[0];
        }
        var length = rest.getInt();
        // The length comes from outside: a key of a few bytes may claim two gigabytes.
        if (length < 0 || length > rest.remaining()) {
            return new byte[0];
        }
        var part = new byte[length];
        rest.get(part);
        return part;
    }

    /** The MD5 of the blob as 16 pairs of hex digits with colons. */
    String fingerprint() {
        return HexFormat.ofDelimiter(":")
                .formatHex(Ids.digest("MD5", Base64.getDecoder().decode(blob)));
    }

    /** The key as a line. */
    String text() {
        return comment.isEmpty() ? type + " " + blob : type + " " + blob + " " + comment;
    }
}
