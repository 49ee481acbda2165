/** Writes what happened: records of deliveries in groups, each before its delivery is acknowledged; and sweeps what is old. */
@NullMarked
package dev.weft.execution.recorder;

import org.jspecify.annotations.NullMarked;
