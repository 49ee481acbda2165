/** The server's own level, below requests: who holds connections and for how long, and who stands behind a proxy. */
@NullMarked
package dev.weft.gateway.connection;

import org.jspecify.annotations.NullMarked;
