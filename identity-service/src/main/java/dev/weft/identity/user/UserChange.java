package dev.weft.identity.user;

import org.jspecify.annotations.Nullable;

/**
 * What a request makes of a user.
 *
 * @param password        a new one; null when it stays
 * @param currentPassword which shows that the owner asks; empty when it was not sent
 */
record UserChange(
        String email,
        String firstName,
        String lastName,
        @Nullable String company,
        @Nullable String password,
        String currentPassword) {

    @Override
    public String toString() {
        return "UserChange[" + email + "]";
    }
}
