/** Inviting people into contracts and workspaces, and how they come in. */
@NullMarked
package dev.weft.workspace.invite;

import org.jspecify.annotations.NullMarked;
