package dev.weft.identity.user;

import dev.weft.identity.userrecord.User;
import java.util.Optional;

/**
 * What a request makes of a user; empty stays as it is.
 *
 * @param company         empty inside takes it away
 * @param password        a new one
 * @param currentPassword which shows that the owner asks; empty when it was not sent
 */
record UserChange(
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<Optional<String>> company,
        Optional<String> password,
        String currentPassword) {

    User appliedTo(User present) {
        return new User(
                present.id(),
                present.tenantId(),
                present.email(),
                firstName.orElse(present.firstName()),
                lastName.orElse(present.lastName()),
                company.orElse(Optional.ofNullable(present.company())).orElse(null),
                present.registered(),
                present.lastLogin());
    }

    @Override
    public String toString() {
        // A record prints its values, and passwords must not land in a log line.
        return "UserChange";
    }
}
