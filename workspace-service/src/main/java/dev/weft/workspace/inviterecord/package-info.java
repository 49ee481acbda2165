/** What is kept of an invite, where, and what its token is made of. */
@NullMarked
package dev.weft.workspace.inviterecord;

import org.jspecify.annotations.NullMarked;
