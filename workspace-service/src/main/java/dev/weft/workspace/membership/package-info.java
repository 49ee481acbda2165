/** Who belongs to a contract or a workspace, with which roles, and the owner rules both share. */
@NullMarked
package dev.weft.workspace.membership;

import org.jspecify.annotations.NullMarked;
