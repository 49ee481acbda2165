/** Recurring work, each on its own thread, under a time limit and mostly under a lease; leases for work that is done once. */
@NullMarked
package dev.weft.common.duty;

import org.jspecify.annotations.NullMarked;
