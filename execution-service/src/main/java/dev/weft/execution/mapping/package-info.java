/** Expressions of edges and fields as flows use them: compiled once, asked per message. How they are evaluated is in {@code jsonata}. */
@NullMarked
package dev.weft.execution.mapping;

import org.jspecify.annotations.NullMarked;
