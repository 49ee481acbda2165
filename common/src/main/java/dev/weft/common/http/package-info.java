/**
 * A step's calls of servers: {@link HttpCaller} makes one, {@link HttpRedirects} follows redirects. {@code egress}
 * decides which addresses are allowed.
 */
@NullMarked
package dev.weft.common.http;

import org.jspecify.annotations.NullMarked;
