/** Webhook calls through the gateway into a flow, and the broker's own limit for the same hops. */
@NullMarked
package dev.weft.bench.flow;

import org.jspecify.annotations.NullMarked;
