package dev.weft.identity.sshkey;

/** The key and its title, which is the comment of the key when none was sent. */
record SentSshKey(PublicKey key, String title) {}
