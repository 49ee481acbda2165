package dev.weft.identity.sshkey;

import java.util.List;
import java.util.Optional;

/** The SSH keys of all users; one key belongs to one user. */
interface SshKeyRepository {

    /**
     * Some keys of a user.
     *
     * @param cut   whether they end before the size that was asked for
     * @param total how many the user has
     */
    record Found(List<SshKey> keys, boolean cut, long total) {}

    /** In the order of their ids. */
    Found listOf(String userId, int skip, int size);

    Optional<SshKey> find(String id);

    /** False when somebody has this key already. */
    boolean insert(SshKey key);

    void remove(String id);

    void removeOf(String userId);
}
