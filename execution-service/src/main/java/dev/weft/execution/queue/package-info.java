/** RabbitMQ as flows use it: their queues, publishing with confirms, taking and settling deliveries. */
@NullMarked
package dev.weft.execution.queue;

import org.jspecify.annotations.NullMarked;
