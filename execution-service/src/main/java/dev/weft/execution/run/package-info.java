/** The life of flows: wishes from flow-service, carried out by whoever holds the flow's lease, and what each replica keeps open. */
@NullMarked
package dev.weft.execution.run;

import org.jspecify.annotations.NullMarked;
