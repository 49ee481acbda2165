package dev.weft.identity.sshkey;

/** A key with which its owner pushes components. */
record SshKey(String id, String userId, String title, PublicKey key) {}
