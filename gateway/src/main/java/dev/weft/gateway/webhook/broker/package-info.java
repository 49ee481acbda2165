/**
 * The door's own connection to the broker: one confirmed publish for each call, and how queues that accept nothing are
 * handled.
 */
@NullMarked
package dev.weft.gateway.webhook.broker;

import org.jspecify.annotations.NullMarked;
