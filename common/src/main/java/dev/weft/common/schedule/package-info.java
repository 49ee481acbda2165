/** Cron expressions, read alike by the service that checks them and the one that fires by them. */
@NullMarked
package dev.weft.common.schedule;

import org.jspecify.annotations.NullMarked;
