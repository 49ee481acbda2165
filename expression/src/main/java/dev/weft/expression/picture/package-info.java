/** How numbers and times are written by pictures, and read by them. */
@NullMarked
package dev.weft.expression.picture;

import org.jspecify.annotations.NullMarked;
