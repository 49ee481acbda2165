package dev.weft.execution.loss;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a message counts as lost.
 *
 * @param after an execution of which nothing has been heard, and nothing is found anywhere, for so long has lost its
 *              messages. In use it is two minutes at least: for so long a message may wait that came back and found no
 *              queue
 */
@ConfigurationProperties("weft.loss")
record LossProperties(@DefaultValue("5m") Duration after) {}
