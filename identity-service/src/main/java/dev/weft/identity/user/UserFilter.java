package dev.weft.identity.user;

import org.jspecify.annotations.Nullable;

/**
 * Which users a list shows: those of one e-mail, or those of a foreign identity ({@code iss}, {@code sub}), never both.
 *
 * @param tenantId as a service account sent it; not validated
 */
record UserFilter(
        @Nullable String email,
        @Nullable String iss,
        @Nullable String sub,
        @Nullable String tenantId,
        int skip,
        int size) {

    boolean isForeign() {
        return iss != null || sub != null;
    }
}
