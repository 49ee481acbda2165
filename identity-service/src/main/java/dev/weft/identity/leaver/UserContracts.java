package dev.weft.identity.leaver;

import dev.weft.common.access.Caller;

/** Asks workspace-service about the contracts of users. */
public interface UserContracts {

    /** Whether the caller and the other meet in a contract. */
    boolean share(Caller caller, String otherUserId);

    /** Whether there is a contract that counts on the user: as a member, or as who supports it. */
    boolean hasAny(String userId);
}
