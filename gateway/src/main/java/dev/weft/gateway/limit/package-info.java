/** How much a caller may send: requests per minute, bytes per request. */
@NullMarked
package dev.weft.gateway.limit;

import org.jspecify.annotations.NullMarked;
