package dev.weft.identity.userrecord;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users of the installation. A new one is reserved, invisible, until its account is in the directory; a deleted one
 * is invisible from the moment its deletion is accepted, and its record goes when all else is gone. Every method that
 * finds sees visible users only.
 */
public interface UserRepository {

    /**
     * A user has left a contract and goes, unless there is another one (api-v2 5.5).
     *
     * @param token tells this note from a later one about the same user, also when it is about the same leaving
     * @param by    who ended the membership; empty for the system
     */
    record Leaving(String userId, String token, String by, Instant since) {}

    Optional<User> find(String id);

    Optional<User> findByEmail(String email);

    List<User> findAll(Collection<String> ids);

    /** A page in the order of ids; {@code tenantId} null for all tenants. */
    List<User> list(@Nullable String tenantId, long skip, int limit);

    long count(@Nullable String tenantId);

    /** Takes the e-mail for a user in the making, also from a reservation that was given up; false when it is taken. */
    boolean reserve(User user);

    /** Leaves the reservation to the sweeper: whoever made it has stopped, and its account may exist. */
    void giveUp(String id);

    /** The account exists: the user may log in. False when the reservation is gone. */
    boolean activate(String id);

    /** Removes the reservation: there is no account. */
    void withdraw(String id);

    /** Stores of names and company what differs; what others changed meanwhile stays. */
    void update(User present, User changed);

    /** Notes a log-in, unless one of the last minute is noted. */
    void noteLogin(String id, Instant now);

    /** From now on the user is invisible; false when it was so already. Returns when the facts are told. */
    boolean beginDeletion(String id, List<Outgoing> facts);

    /** Notes that the user left a contract, in place of what was noted before; false when there is no such user. */
    boolean noteLeaving(Leaving leaving);

    /** Removes that note and leaves the user alone; a later note, which has taken its place, is kept. */
    void forgetLeaving(Leaving leaving);

    /** Removes whatever note there is, since somebody needs the user. False when there is no such user. */
    boolean keep(String id);

    /** As the other, but only while that note is still at the user: neither replaced by a later one nor removed. */
    boolean beginDeletion(Leaving leaving, List<Outgoing> facts);

    /** What was noted before {@code limit} and is still to be settled. */
    List<Leaving> leaving(Instant limit);

    /** Removes the record of a user under deletion whose facts are all told; else it stays for later. */
    void endDeletion(String id);

    /** Reservations that were given up, or made before {@code limit}: their makers are gone. */
    List<User> abandoned(Instant limit);

    /** Users under deletion since before {@code limit}. */
    List<User> underDeletion(Instant limit);
}
