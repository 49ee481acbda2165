/**
 * The limits of the work on one delivery: its bytes and messages ({@link HopBudget}), its time ({@link HopTime}), and
 * its room among the large ones of all queues ({@link LargeDeliveries}). Tenants share such room by {@link FairSlots}.
 * And that of all that waits for a contract ({@link BacklogRoom}).
 */
@NullMarked
package dev.weft.execution.budget;

import org.jspecify.annotations.NullMarked;
