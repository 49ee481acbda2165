/** The processes of this service: which live, which ended in order and which died, and how busy each is. */
@NullMarked
package dev.weft.execution.process;

import org.jspecify.annotations.NullMarked;
