package dev.weft.registry.team;

import dev.weft.common.crypto.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where a team keeps the images of its components.
 *
 * @param credentials the JSON object with which to log in there, as the client wrote it; null for a public registry.
 *     It leaves the service for nobody who asks the API
 */
record DockerRegistry(String uri, @Nullable Secret credentials) {

    /**
     * What a request says about a team's registry.
     *
     * @param uri             null: the team shall have none
     * @param credentialsSent false when the request does not speak of them
     */
    record Change(
            @Nullable String uri,
            boolean credentialsSent,
            @Nullable Secret credentials) {

        static Change none() {
            return new Change(null, false, null);
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
}
