/** Refusals as values, and the one table from a refusal's code to its HTTP status. */
@NullMarked
package dev.weft.common.problem;

import org.jspecify.annotations.NullMarked;
