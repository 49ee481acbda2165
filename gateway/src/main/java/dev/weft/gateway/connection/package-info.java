/**
 * Connections, below the level of requests: how many an address has and for how long, and which client stands behind a
 * proxy.
 */
@NullMarked
package dev.weft.gateway.connection;

import org.jspecify.annotations.NullMarked;
