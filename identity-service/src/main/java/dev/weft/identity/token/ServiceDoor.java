package dev.weft.identity.token;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Checks the services' shared secret in the header {@link #HEADER}, in constant time. */
public final class ServiceDoor {

    public static final String HEADER = "X-Weft-Service-Secret";

    private final byte[] digest;

    ServiceDoor(String secret) {
        this.digest = digestOf(secret);
    }

    /** Refuses (401) anything but the secret. */
    public void require(@Nullable String shown) {
        if (shown == null || !MessageDigest.isEqual(digest, digestOf(shown))) {
            throw Problem.of(ProblemCode.UNAUTHORIZED, "The service secret is missing or wrong.")
                    .exception();
        }
    }

    private static byte[] digestOf(String text) {
        return Ids.digest("SHA-256", text.getBytes(StandardCharsets.UTF_8));
    }
}
