/** How whoever holds the token of an invite becomes a member. */
@NullMarked
package dev.weft.workspace.acceptance;

import org.jspecify.annotations.NullMarked;
