/** What the gateway asks about a flow before it lets calls in. */
@NullMarked
package dev.weft.execution.door;

import org.jspecify.annotations.NullMarked;
