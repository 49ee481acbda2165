/**
 * Recurring work, each on a thread of its own, with a time limit and usually a lease; and leases for work that is done
 * once.
 */
@NullMarked
package dev.weft.common.duty;

import org.jspecify.annotations.NullMarked;
