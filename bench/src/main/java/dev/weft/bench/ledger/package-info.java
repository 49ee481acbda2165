/** Flows under calls, and the account of each: what was promised, what arrived, which executions have ended. */
@NullMarked
package dev.weft.bench.ledger;

import org.jspecify.annotations.NullMarked;
