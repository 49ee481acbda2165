package dev.weft.identity.leaver;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.userrecord.UserCreation;
import dev.weft.identity.userrecord.UserLeavings;
import dev.weft.identity.userrecord.UserRepository;
import dev.weft.identity.userrecord.UserReservations;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * Finishes what a crash or an unavailable service left behind: abandoned reservations, deletions, and users of whom it
 * is not known yet whether they left their last contract.
 */
@Service
class UserSweeper {

    private static final Logger log = LoggerFactory.getLogger(UserSweeper.class);

    /** Longer than a creation can take, retries of its calls included. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final UserRepository users;
    private final UserReservations reservations;
    private final UserLeavings leavings;
    private final UserCreation creation;
    private final UserDeletion deletion;
    private final Leavers leavers;
    private final Clock clock;

    UserSweeper(
            UserRepository users,
            UserReservations reservations,
            UserLeavings leavings,
            UserCreation creation,
            UserDeletion deletion,
            Leavers leavers,
            Clock clock) {
        this.users = users;
        this.reservations = reservations;
        this.leavings = leavings;
        this.creation = creation;
        this.deletion = deletion;
        this.leavers = leavers;
        this.clock = clock;
    }

    @Bean
    Duty unfinishedUsersDuty() {
        return Duty.ofService("unfinished-users", ofSeconds(10), this::sweep).within(ofMinutes(5));
    }

    void sweep() {
        reservations
                .abandoned(clock.instant().minus(PATIENCE))
                .forEach(user -> attempt(user.id(), () -> creation.withdraw(user)));
        var limit = clock.instant().minusSeconds(10);
        users.underDeletion(limit).forEach(user -> attempt(user.id(), () -> deletion.finish(user)));
        leavings.leaving(limit).forEach(leaving -> attempt(leaving.userId(), () -> leavers.settle(leaving)));
    }

    private static void attempt(String userId, Runnable work) {
        try {
            work.run();
        } catch (ProblemException e) {
            log.debug("User {} waits: {}", userId, e.getMessage());
        }
    }
}
