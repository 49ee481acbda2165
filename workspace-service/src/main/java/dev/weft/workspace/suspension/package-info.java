/** Contracts that are suspended and come back: their flows are stopped, and a crash in between is made good. */
@NullMarked
package dev.weft.workspace.suspension;

import org.jspecify.annotations.NullMarked;
