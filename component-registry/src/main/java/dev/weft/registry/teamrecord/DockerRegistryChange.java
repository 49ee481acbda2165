package dev.weft.registry.teamrecord;

import dev.weft.common.crypto.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The change of a team's Docker registry that a request asks for.
 *
 * @param uri             null: the registry is removed
 * @param credentialsSent false when the request does not mention them
 */
public record DockerRegistryChange(
        @Nullable String uri,
        boolean credentialsSent,
        @Nullable Secret credentials) {

    public static DockerRegistryChange none() {
        return new DockerRegistryChange(null, false, null);
    }

    /**
     * Nobody can read the credentials to send them again, so those that are not sent stay. But not for another
     * address: who may change a team could have them sent to a place of their own.
     */
    @Nullable
    DockerRegistry applyTo(@Nullable DockerRegistry present) {
        if (uri == null) {
            return null;
        }
        if (!credentialsSent && present != null && present.uri().equals(uri)) {
            return present;
        }
        return new DockerRegistry(uri, credentials);
    }
}
