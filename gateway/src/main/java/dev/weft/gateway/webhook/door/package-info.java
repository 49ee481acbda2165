/** What is known of the flows that can be called: who may come in, and why somebody may not. */
@NullMarked
package dev.weft.gateway.webhook.door;

import org.jspecify.annotations.NullMarked;
