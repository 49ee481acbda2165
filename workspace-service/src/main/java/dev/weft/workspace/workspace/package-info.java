/** Workspaces as callers and other services see and change them, and how they are kept. */
@NullMarked
package dev.weft.workspace.workspace;

import org.jspecify.annotations.NullMarked;
