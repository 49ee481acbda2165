package dev.weft.identity.userrecord;

import java.time.Instant;

/** {@code {token, by, since}} inside a stored user. */
record StoredLeaving(String token, String by, Instant since) {

    static StoredLeaving of(UserLeaving leaving) {
        return new StoredLeaving(leaving.token(), leaving.by(), leaving.since());
    }

    UserLeaving toLeaving(String userId) {
        return new UserLeaving(userId, token, by, since);
    }
}
