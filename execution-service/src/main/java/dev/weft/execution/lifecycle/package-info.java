/**
 * The life of deployments: wishes of flow-service, carried out by the holder of the flow's lease; the runs that each
 * replica keeps open; the takedown of runs; and what a stop or deletion does to a flow's executions.
 */
@NullMarked
package dev.weft.execution.lifecycle;

import org.jspecify.annotations.NullMarked;
