/** How times are written by pictures, and read by them. */
@NullMarked
package dev.weft.expression.date;

import org.jspecify.annotations.NullMarked;
