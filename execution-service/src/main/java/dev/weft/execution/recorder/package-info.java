/** Writes records of deliveries in groups, each before its delivery is acknowledged, and sweeps old executions. */
@NullMarked
package dev.weft.execution.recorder;

import org.jspecify.annotations.NullMarked;
