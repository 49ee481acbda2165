package dev.weft.identity.sshkey;

import java.util.Optional;

/** The SSH keys of all users; one key belongs to one user. */
interface SshKeyRepository {

    /** In the order of their ids. */
    FoundSshKeys listOf(String userId, int skip, int size);

    Optional<SshKey> find(String id);

    /** False when somebody has this key already. */
    boolean insert(SshKey key);

    void remove(String id);

    void removeOf(String userId);
}
