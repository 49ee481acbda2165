/** The doors of flows: which flows can be called, by whom, and why a call is refused. */
@NullMarked
package dev.weft.gateway.webhook.door;

import org.jspecify.annotations.NullMarked;
