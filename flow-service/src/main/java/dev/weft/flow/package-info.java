/** Flows: their contents, versions and drafts, and whether they shall run. */
@NullMarked
package dev.weft.flow;

import org.jspecify.annotations.NullMarked;
