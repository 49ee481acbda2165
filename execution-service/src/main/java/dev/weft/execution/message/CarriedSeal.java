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
 * Seals what a sailor carries along about its message, by a secret that no sailor has: a component is not trusted, and
 * must not name an execution or an effect of another flow as its own.
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
        // This takes the same time wherever the two differ, so that no seal can be found digit by digit.
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
