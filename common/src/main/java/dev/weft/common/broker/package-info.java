/**
 * Connections to the broker that are kept open, the ways in which a process publishes and consumes on them, and about how
 * much waits there.
 */
@NullMarked
package dev.weft.common.broker;

import org.jspecify.annotations.NullMarked;
