package dev.weft.identity.leaver;

/** What other features hold of a user, and drop when the user is deleted; may be asked again. */
public interface UserLeftovers {
    void removeOf(String userId);
}
