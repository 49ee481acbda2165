/** How domain events and commands travel: publishing with confirms, consumers with retry and dead letters. */
@NullMarked
package dev.weft.common.messaging;

import org.jspecify.annotations.NullMarked;
