/** From path to service: the table of public endpoints, the lookup of a path, and the forwarding of requests. */
@NullMarked
package dev.weft.gateway.route;

import org.jspecify.annotations.NullMarked;
