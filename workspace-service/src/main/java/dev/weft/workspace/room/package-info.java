/** How much room the quotas leave, and the places that are taken at this moment. */
@NullMarked
package dev.weft.workspace.room;

import org.jspecify.annotations.NullMarked;
