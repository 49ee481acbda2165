/** What is done about queues that the broker has lost, and about executions that wait for what was in them. */
@NullMarked
package dev.weft.execution.loss;

import org.jspecify.annotations.NullMarked;
