package dev.weft.identity.account;

import java.util.Optional;

/** The accounts that were ever changed. */
interface MeshAccountRepository {

    /** The result of an attempt to store an account. */
    enum Storing {
        DONE,
        /** Someone was faster: what was decided does not hold any more. */
        OUTPACED,
        NAME_TAKEN
    }

    Optional<MeshAccount> find(String tenantId);

    /** Replaces the revision that the account tells. */
    Storing store(MeshAccount account);

    /** The tenant is gone. */
    void remove(String tenantId);
}
