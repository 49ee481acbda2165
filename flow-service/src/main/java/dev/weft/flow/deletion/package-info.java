/** The end of flows: hidden at once, gone for good later. */
@NullMarked
package dev.weft.flow.deletion;

import org.jspecify.annotations.NullMarked;
