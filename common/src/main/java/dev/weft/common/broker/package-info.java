/** Connections to the broker that are kept up, and the few ways in which this process publishes and takes on them. */
@NullMarked
package dev.weft.common.broker;

import org.jspecify.annotations.NullMarked;
