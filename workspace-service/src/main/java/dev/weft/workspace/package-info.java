/** Contracts, workspaces, their members, what members may do, and the credentials of workspaces. */
@NullMarked
package dev.weft.workspace;

import org.jspecify.annotations.NullMarked;
