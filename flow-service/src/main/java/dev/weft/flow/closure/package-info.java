/**
 * The end of flows: deleted by somebody, with their workspace, or stopped with their contract. A deleted flow is hidden at
 * once and gone for good later.
 */
@NullMarked
package dev.weft.flow.closure;

import org.jspecify.annotations.NullMarked;
