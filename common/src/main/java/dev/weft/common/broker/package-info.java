/** Connections to the broker that are kept open, and the ways in which a process publishes and consumes on them. */
@NullMarked
package dev.weft.common.broker;

import org.jspecify.annotations.NullMarked;
