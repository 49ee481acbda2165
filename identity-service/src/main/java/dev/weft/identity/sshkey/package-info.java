/** SSH keys of users, with which they push components. */
@NullMarked
package dev.weft.identity.sshkey;

import org.jspecify.annotations.NullMarked;
