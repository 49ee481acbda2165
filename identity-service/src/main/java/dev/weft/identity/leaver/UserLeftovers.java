package dev.weft.identity.leaver;

/**
 * Implemented by features that store something about a user, to remove it when the user is deleted; may be called
 * again.
 */
public interface UserLeftovers {
    void removeOf(String userId);
}
