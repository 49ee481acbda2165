/** The transport of domain events and commands: publishing with confirms, consumers with retry and dead letters. */
@NullMarked
package dev.weft.common.messaging;

import org.jspecify.annotations.NullMarked;
