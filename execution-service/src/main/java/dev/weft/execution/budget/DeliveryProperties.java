package dev.weft.execution.budget;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the work on one delivery may make; beyond it the step fails.
 *
 * @param messages made during the work, all together
 * @param bytes    in memory, about, of the messages that still wait to be worked on and of those that are published; 0:
 *                 an eighth of the heap
 */
@ConfigurationProperties("weft.delivery")
public record DeliveryProperties(
        @DefaultValue("50000") int messages,
        @DefaultValue("0") DataSize bytes) {

    public DeliveryProperties {
        if (bytes.toBytes() == 0) {
            bytes = DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 8);
        }
    }
}
