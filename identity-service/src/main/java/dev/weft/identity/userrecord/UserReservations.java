package dev.weft.identity.userrecord;

import java.time.Instant;
import java.util.List;

/** Users that are being created: reserved and invisible until their accounts are in the directory. */
public interface UserReservations {

    /** Takes the e-mail for a user in the making, also from a reservation that was given up; false when it is taken. */
    boolean reserve(User user);

    /** Leaves the reservation to the sweeper: whoever made it has stopped, and its account may exist. */
    void giveUp(String id);

    /** The account exists: the user may log in. False when the reservation is gone. */
    boolean activate(String id);

    /** Removes the reservation: there is no account. */
    void withdraw(String id);

    /** Reservations that were given up, or made before {@code limit}: their makers are gone. */
    List<User> abandoned(Instant limit);
}
