package dev.weft.identity.sshkey;

import java.util.List;

/**
 * Some keys of a user.
 *
 * @param cut   whether they end before the size that was asked for
 * @param total how many the user has
 */
record FoundSshKeys(List<SshKey> keys, boolean cut, long total) {}
