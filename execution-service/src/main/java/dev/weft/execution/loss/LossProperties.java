package dev.weft.execution.loss;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a message counts as lost.
 *
 * @param after an execution without any record, and without any message found anywhere, for this long has lost its
 *              messages. At least two minutes in practice: a message that came back from a wait and found no queue may
 *              wait that long
 */
@ConfigurationProperties("weft.loss")
record LossProperties(@DefaultValue("5m") Duration after) {}
