/** Workspaces and their members. */
@NullMarked
package dev.weft.workspace.workspace;

import org.jspecify.annotations.NullMarked;
