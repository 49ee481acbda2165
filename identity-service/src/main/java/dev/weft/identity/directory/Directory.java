package dev.weft.identity.directory;

import java.util.Optional;

/**
 * Keeps people's passwords and log-ins. Every method refuses with {@code unavailable} (503) while the directory is
 * down.
 */
public interface Directory {

    /** Makes the account, in its tenant's organization; one of the same user that is there keeps its password. */
    void register(DirectoryAccount account, String password);

    /** Removes the account of that user, if there is one. */
    void remove(String userId, String email);

    /** Removes the organization of a tenant, if there is one, with its log-in providers; its accounts stay. */
    void removeTenant(String tenantId, String code);

    /** An e-mail that nobody has is answered as one with another password is, after the same work. */
    PasswordAnswer tryPassword(String email, String password);

    /** Whether the person must set up a second factor at the next log-in at a page, unless there is one. */
    void askForSecondFactor(String userId, String email, boolean ask);

    /** Takes the second factor of a person away, if there is one. */
    void removeSecondFactor(String userId, String email);

    /** Ends the lock of an account, if there is one. */
    void unlock(String email);

    void changePassword(String userId, String email, String password);

    /** From now on this log-in is the user's, at each of the tenant's identity providers of that issuer; there may be none. */
    void link(ForeignLogin login);

    /** Ends that, and the sessions of the user, some of which may have begun so. */
    void unlink(ForeignLogin login);

    /** The subject of a bearer token that is valid and meant for the gateway. */
    Optional<BearerSubject> subjectOf(String bearerToken);
}
