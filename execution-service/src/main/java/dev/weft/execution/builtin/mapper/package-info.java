/** Makes a body out of the message by an expression. */
@NullMarked
package dev.weft.execution.builtin.mapper;

import org.jspecify.annotations.NullMarked;
