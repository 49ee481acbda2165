package dev.weft.identity.user;

import dev.weft.common.access.Caller;

/** Whether two users meet in a contract, which workspace-service knows. */
interface SharedContracts {
    boolean share(Caller caller, String otherUserId);
}
