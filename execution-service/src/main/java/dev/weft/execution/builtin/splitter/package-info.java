/** Makes one message for each element of something. */
@NullMarked
package dev.weft.execution.builtin.splitter;

import org.jspecify.annotations.NullMarked;
