/** What becomes of contracts and workspaces when a user leaves a contract or is deleted. */
@NullMarked
package dev.weft.workspace.departure;

import org.jspecify.annotations.NullMarked;
