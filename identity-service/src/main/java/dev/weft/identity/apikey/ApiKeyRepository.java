package dev.weft.identity.apikey;

import dev.weft.common.event.Outgoing;

/** Stores API keys, one per user, only as their SHA-256: 256 random bits need no slow hash. */
public interface ApiKeyRepository {

    boolean isKeyOf(String userId, String key);

    /** The key becomes the user's only one. Returns when the fact is told. */
    void replace(String userId, String key, Outgoing fact);

    /** Gives the user this key unless there is one. */
    void addFirst(String userId, String key);

    void remove(String userId);
}
