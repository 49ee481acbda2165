package dev.weft.execution.rebound;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The platform's series of waits: {@code first}, doubled each time, never above {@code longest}. Both are whole seconds,
 * by which waiting queues are named: two waits of one name would be one queue with mixed waits.
 *
 * @param limit a message that has waited so often is an error record at its next wish
 */
@ConfigurationProperties("weft.rebound")
public record ReboundProperties(
        @DefaultValue("15s") Duration first,
        @DefaultValue("10m") Duration longest,
        @DefaultValue("10") int limit) {

    public ReboundProperties {
        if (!isWholeSeconds(first) || !isWholeSeconds(longest) || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "weft.rebound.first (WEFT_REBOUND_FIRST) and weft.rebound.longest (WEFT_REBOUND_LONGEST) must be whole"
                            + " seconds, at least one, and the longest no shorter than the first.");
        }
    }

    private static boolean isWholeSeconds(Duration wait) {
        return wait.getSeconds() >= 1 && wait.getNano() == 0;
    }
}
