/** Numbers written by pictures, and integers read by them. */
@NullMarked
package dev.weft.expression.picture;

import org.jspecify.annotations.NullMarked;
