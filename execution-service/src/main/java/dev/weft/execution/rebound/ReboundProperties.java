package dev.weft.execution.rebound;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The platform's series of waits: {@code first}, doubled each time, never above {@code longest}. Both are whole
 * seconds, since waiting queues are named by them: 1.2 s and 1.4 s would share one queue.
 *
 * @param limit how often a message may be sent to wait; its next wish to wait becomes an error record
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
