/** What the gateway must know of a flow to let calls in. */
@NullMarked
package dev.weft.execution.door;

import org.jspecify.annotations.NullMarked;
