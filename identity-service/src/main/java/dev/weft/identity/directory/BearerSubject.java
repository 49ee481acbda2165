package dev.weft.identity.directory;

import java.util.List;

/** Whom an access token of the directory names. */
public sealed interface BearerSubject {

    /** A user of ours. */
    record Account(String userId, String tenantId) implements BearerSubject {}

    /**
     * Somebody who logged in at identity providers of tenants, in an account that is no user's: whose these identities
     * are is known here.
     */
    record Foreign(List<ForeignIdentity> identities) implements BearerSubject {}
}
