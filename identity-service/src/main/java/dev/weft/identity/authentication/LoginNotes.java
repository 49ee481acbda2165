package dev.weft.identity.authentication;

import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Service;

/** Stores when a user was last here, at most once a minute, without making the caller wait. */
@Service
class LoginNotes {

    private static final Duration EVERY = Duration.ofMinutes(1);

    private final UserRepository users;
    private final Clock clock;

    LoginNotes(UserRepository users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    void note(User user) {
        var now = clock.instant();
        var last = user.lastLogin();
        if (last == null || last.plus(EVERY).isBefore(now)) {
            // Beside the request, which must neither wait for this write nor fail with it.
            Thread.ofVirtual().name("login-" + user.id()).start(() -> users.noteLogin(user.id(), now));
        }
    }
}
