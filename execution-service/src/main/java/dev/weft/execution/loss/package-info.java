/** Repairs queues that the broker has lost, and ends executions that wait for messages which were in them. */
@NullMarked
package dev.weft.execution.loss;

import org.jspecify.annotations.NullMarked;
