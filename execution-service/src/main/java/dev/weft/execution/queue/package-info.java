/** Flow messages on RabbitMQ: publishing with confirms, consuming and settling deliveries. */
@NullMarked
package dev.weft.execution.queue;

import org.jspecify.annotations.NullMarked;
