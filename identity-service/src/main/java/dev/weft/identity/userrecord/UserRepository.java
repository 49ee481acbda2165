package dev.weft.identity.userrecord;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users of the installation. A new user is invisible until created completely ({@link UserReservations}); a deleted
 * one is invisible from the moment its deletion is accepted, and its record is removed last. Every find method returns
 * visible users only.
 */
public interface UserRepository {

    Optional<User> find(String id);

    Optional<User> findByEmail(String email);

    List<User> findAll(Collection<String> ids);

    /** A page in the order of ids; {@code tenantId} null for all tenants. */
    List<User> list(@Nullable String tenantId, long skip, int limit);

    long count(@Nullable String tenantId);

    /**
     * Some users of a tenant in the order of ids, also those who are being made: they may have an account already.
     *
     * @param afterId those after that id; empty for the first
     */
    List<User> listWithComing(String tenantId, String afterId, int limit);

    /** Whether there is a user of that tenant, also one that is being made or deleted. */
    boolean haveAnyOf(String tenantId);

    /** Stores of names and company what differs; what others changed meanwhile stays. */
    void update(User present, User changed);

    /** Notes a log-in, unless one of the last minute is noted. */
    void noteLogin(String id, Instant now);

    /** Tells what is to be told about a user who is there; returns when it is told. */
    void tell(String id, List<Outgoing> facts);

    /** From now on the user is invisible; false when it was so already. Returns when the facts are told. */
    boolean beginDeletion(String id, List<Outgoing> facts);

    /** Removes the record of a user under deletion whose facts are all told; else it stays for later. */
    void endDeletion(String id);

    /** Users under deletion since before {@code limit}. */
    List<User> underDeletion(Instant limit);
}
