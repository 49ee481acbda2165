package dev.weft.identity.sshkey;

import java.util.List;
import java.util.Optional;

/** The SSH keys of all users; one key belongs to one user. */
interface SshKeyRepository {

    List<SshKey> listOf(String userId);

    Optional<SshKey> find(String id);

    /** False when somebody has this key already. */
    boolean insert(SshKey key);

    void remove(String id);

    void removeOf(String userId);
}
