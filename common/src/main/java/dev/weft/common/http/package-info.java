/**
 * Calls of a step to a server: {@link HttpCaller} makes one, {@link HttpRedirects} follows where it leads. Where it may go is
 * decided in {@code egress}.
 */
@NullMarked
package dev.weft.common.http;

import org.jspecify.annotations.NullMarked;
