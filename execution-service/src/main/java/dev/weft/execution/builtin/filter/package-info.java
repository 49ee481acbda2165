/** Lets messages pass or not. */
@NullMarked
package dev.weft.execution.builtin.filter;

import org.jspecify.annotations.NullMarked;
