/** The processes of this service: who lives, who has ended in order and who has not, and how much each has to do. */
@NullMarked
package dev.weft.execution.process;

import org.jspecify.annotations.NullMarked;
