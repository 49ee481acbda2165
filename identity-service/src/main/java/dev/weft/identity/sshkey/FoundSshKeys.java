package dev.weft.identity.sshkey;

import java.util.List;

/**
 * A page of a user's keys.
 *
 * @param cut   whether the page ends before the size that was asked for
 * @param total how many the user has
 */
record FoundSshKeys(List<SshKey> keys, boolean cut, long total) {}
