package dev.weft.identity.sshkey;

/** What a request says of a new key; its title is the comment of the key when none was sent. */
record SentSshKey(PublicKey key, String title) {}
