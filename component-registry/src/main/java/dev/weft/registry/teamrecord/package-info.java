/** What is kept of a team, and where. */
@NullMarked
package dev.weft.registry.teamrecord;

import org.jspecify.annotations.NullMarked;
