package dev.weft.execution.message;

import dev.weft.common.id.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the headers that a sailor returns with its frames, by a secret that no sailor knows. A component is not
 * trusted: without a seal it could name an execution or effect key of another flow as its own.
 */
public final class CarriedSeal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SEAL = 32;

    private final SecretKeySpec key;

    public CarriedSeal(String secret) {
        var bytes = ("sailor frames:" + secret).getBytes(StandardCharsets.UTF_8);
        this.key = new SecretKeySpec(Ids.digest("SHA-256", bytes), ALGORITHM);
    }

    String sealed(String flow, String carried) {
        return carried + "." + seal(flow, carried);
    }

    /** What was sealed for the flow; empty for anything else. */
    Optional<String> open(String flow, String sealed) {
        var end = sealed.length() - SEAL - 1;
        if (end < 0) {
            return Optional.empty();
        }
        var carried = sealed.substring(0, end);
        var expected = sealed(flow, carried).getBytes(StandardCharsets.UTF_8);
        // Compared in constant time, so that no seal can be guessed digit by digit.
        return MessageDigest.isEqual(expected, sealed.getBytes(StandardCharsets.UTF_8))
                ? Optional.of(carried)
                : Optional.empty();
    }

    private String seal(String flow, String carried) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var hash = mac.doFinal((flow + ":" + carried).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, SEAL);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
