package dev.weft.identity.user;

import dev.weft.common.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Finishes what a crash or an absent directory left behind: reservations nobody works on, and deletions. */
@Service
class UserSweeper {

    private static final Logger log = LoggerFactory.getLogger(UserSweeper.class);

    /** Longer than a creation can take, retries of its calls included. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final UserRepository users;
    private final UserCreation creation;
    private final UserDeletion deletion;
    private final Clock clock;

    UserSweeper(UserRepository users, UserCreation creation, UserDeletion deletion, Clock clock) {
        this.users = users;
        this.creation = creation;
        this.deletion = deletion;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 10_000, initialDelay = 10_000)
    void sweep() {
        users.abandoned(clock.instant().minus(PATIENCE)).forEach(user -> attempt(user, creation::withdraw));
        users.underDeletion(clock.instant().minusSeconds(10)).forEach(user -> attempt(user, deletion::finish));
    }

    private static void attempt(User user, Consumer<User> work) {
        try {
            work.accept(user);
        } catch (ProblemException e) {
            log.debug("User {} waits for the directory: {}", user.id(), e.getMessage());
        }
    }
}
