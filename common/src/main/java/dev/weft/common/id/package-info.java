/** Identifiers: their forms and the source of new ones. */
@NullMarked
package dev.weft.common.id;

import org.jspecify.annotations.NullMarked;
