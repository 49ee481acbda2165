package dev.weft.identity.userrecord;

import dev.weft.identity.userrecord.UserRepository.Leaving;
import java.time.Instant;

/** {@code {token, by, since}} inside a stored user. */
record StoredLeaving(String token, String by, Instant since) {

    static StoredLeaving of(Leaving leaving) {
        return new StoredLeaving(leaving.token(), leaving.by(), leaving.since());
    }

    Leaving toLeaving(String userId) {
        return new Leaving(userId, token, by, since);
    }
}
