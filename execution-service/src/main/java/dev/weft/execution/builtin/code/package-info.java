/** Runs a tenant's JavaScript. */
@NullMarked
package dev.weft.execution.builtin.code;

import org.jspecify.annotations.NullMarked;
