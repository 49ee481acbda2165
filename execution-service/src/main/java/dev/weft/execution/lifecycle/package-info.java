/**
 * The life of deployments: wishes from flow-service, carried out by whoever holds the lease; what each replica keeps open;
 * the takedown of runs; what becomes of a flow's executions when it stops or is deleted.
 */
@NullMarked
package dev.weft.execution.lifecycle;

import org.jspecify.annotations.NullMarked;
