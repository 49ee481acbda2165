/**
 * The life of deployments: wishes of flow-service, carried out by the holder of the flow's lease; and the runs that each
 * replica keeps open.
 */
@NullMarked
package dev.weft.execution.lifecycle;

import org.jspecify.annotations.NullMarked;
