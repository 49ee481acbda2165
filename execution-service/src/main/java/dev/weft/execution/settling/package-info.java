/**
 * What must be safe before a delivery is acknowledged: {@link ConfirmRound} gathers it for one delivery,
 * {@link PublishOrder} keeps the order of a queue's messages when the broker refuses some.
 */
@NullMarked
package dev.weft.execution.settling;

import org.jspecify.annotations.NullMarked;
