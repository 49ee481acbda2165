/** What flows are made of: the content they have, had in each version, and may have as a draft. */
@NullMarked
package dev.weft.flow.content;

import org.jspecify.annotations.NullMarked;
