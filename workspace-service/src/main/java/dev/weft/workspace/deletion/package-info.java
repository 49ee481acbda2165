/** Deleting contracts and workspaces: how it is asked for, and what is waited for until nothing of them is left. */
@NullMarked
package dev.weft.workspace.deletion;

import org.jspecify.annotations.NullMarked;
