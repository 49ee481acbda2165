package dev.weft.execution.budget;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the work on one delivery may come to before it is an error.
 *
 * @param messages that it makes, all together
 * @param bytes    of the messages that wait in it, and of those that it publishes, as they weigh in memory, about; 0: an
 *                 eighth of the heap
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
