/** Calls to other services under time limits, retries and circuit breakers. */
@NullMarked
package dev.weft.common.remote;

import org.jspecify.annotations.NullMarked;
