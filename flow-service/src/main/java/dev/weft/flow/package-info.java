/** Flows: what they are, what they were, what they may become, and whether they shall run. */
@NullMarked
package dev.weft.flow;

import org.jspecify.annotations.NullMarked;
