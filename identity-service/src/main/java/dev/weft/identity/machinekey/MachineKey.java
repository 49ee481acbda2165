package dev.weft.identity.machinekey;

import dev.weft.common.access.Caller.KeyBinding;
import dev.weft.common.crypto.Secret;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key with which a program signs its own tokens (api-v2 12a). It is bound to its contract, whoever makes it; one without
 * contract sees all workspaces of the tenant.
 *
 * @param accessKey  {@code mk_} and 22 characters; its id
 * @param secret     signs the tokens, so it is kept itself, encrypted, and not as a digest
 * @param createdBy  the user to whom belongs what the key makes
 * @param lastUsedAt to the minute; null: never
 * @param expiresAt  null: never
 */
public record MachineKey(
        String accessKey,
        String tenantId,
        @Nullable String contractId,
        String name,
        String role,
        Secret secret,
        String createdBy,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant expiresAt) {

    static final Set<String> ROLES = Set.of("owner", "admin", "member");

    private static final String PREFIX = "mk_";

    static final int RANDOM_BYTES = 16;

    /** An access key of {@value #RANDOM_BYTES} random bytes. */
    static String accessKeyOf(byte[] random) {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    public KeyBinding binding() {
        return new KeyBinding(contractId, role);
    }
}
