/** What the built-in functions share: how their fields are read. */
@NullMarked
package dev.weft.execution.builtin;

import org.jspecify.annotations.NullMarked;
