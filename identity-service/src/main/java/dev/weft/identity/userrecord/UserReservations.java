package dev.weft.identity.userrecord;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users that are being created: reserved and invisible until their accounts are in the directory. */
public interface UserReservations {

    /**
     * Takes the e-mail for a user in the making, also from a reservation that was given up; false when it is taken.
     *
     * @param leaving noted at the user from the start, who is deleted by it unless he joins a contract before; null for a
     *                user who may be in none
     */
    boolean reserve(User user, @Nullable UserLeaving leaving);

    /** Leaves the reservation to the sweeper: whoever made it has stopped, and its account may exist. */
    void giveUp(String id);

    /** The account exists: the user may log in. False when the reservation is gone. */
    boolean activate(String id);

    /** Removes the reservation: there is no account. */
    void withdraw(String id);

    /** Reservations that were given up, or made before {@code limit}: their makers are gone. */
    List<User> abandoned(Instant limit);
}
