/** Cron expressions, read in the same way by the service that checks them and the one that fires by them. */
@NullMarked
package dev.weft.common.schedule;

import org.jspecify.annotations.NullMarked;
