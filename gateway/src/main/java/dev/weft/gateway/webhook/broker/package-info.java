/** The door's own connection to the broker: one confirmed publish a call, and what is to be said of a queue that takes none. */
@NullMarked
package dev.weft.gateway.webhook.broker;

import org.jspecify.annotations.NullMarked;
