package dev.weft.gateway.webhook.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed digest as callers spell it (api-v2 11.5): hex in any case or base64, optionally after {@code sha256=} or
 * {@code sha512=}; without a prefix the length tells the algorithm. Any other spelling gives an empty digest.
 *
 * @param algorithm {@code HmacSHA256} or {@code HmacSHA512}; empty: not understood
 */
record Signature(String algorithm, byte[] digest) {

    private static final Signature NONE = new Signature("", new byte[0]);

    static Signature of(String header) {
        var text = header.strip();
        var start = text.toLowerCase(Locale.ROOT);
        if (start.startsWith("sha256=")) {
            return decoded("HmacSHA256", text.substring(7));
        }
        if (start.startsWith("sha512=")) {
            return decoded("HmacSHA512", text.substring(7));
        }
        // The lengths of hex, of base64 with padding, and of base64 without.
        return switch (text.length()) {
            case 64, 44, 43 -> decoded("HmacSHA256", text);
            case 128, 88, 86 -> decoded("HmacSHA512", text);
            default -> NONE;
        };
    }

    private static Signature decoded(String algorithm, String text) {
        try {
            var isHex = text.length() == 64 || text.length() == 128;
            return new Signature(
                    algorithm,
                    isHex ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    boolean fits(String secret, byte[] body) {
        if (algorithm.isEmpty()) {
            return false;
        }
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            // In constant time, wherever the first difference is.
            return MessageDigest.isEqual(mac.doFinal(body), digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature(var itsAlgorithm, var itsDigest)
                && algorithm.equals(itsAlgorithm)
                && MessageDigest.isEqual(digest, itsDigest);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(digest);
    }
}
