/** Messages to and from RabbitMQ as flows use it: publishing with confirms, taking and settling deliveries. */
@NullMarked
package dev.weft.execution.queue;

import org.jspecify.annotations.NullMarked;
