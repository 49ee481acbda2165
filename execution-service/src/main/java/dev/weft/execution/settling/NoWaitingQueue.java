package dev.weft.execution.settling;

import dev.weft.execution.rebound.Rebounds;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * For a message that is to wait: its waiting queue or the exchange in front is missing, deleted by hand or lost with a
 * node. Both are declared again. The step's own queue matters only when the message comes back.
 *
 * @param wish as it was given to {@link Rebounds#frame}
 * @param then asked with the number of attempts
 */
public record NoWaitingQueue(
        Rebounds rebounds,
        String tenant,
        int rebound,
        @Nullable Duration wish,
        IntPredicate then) implements NoQueue {

    @Override
    public boolean isSeenTo(int attempts) {
        rebounds.restore(tenant, rebound, wish);
        return then.test(attempts);
    }

    @Override
    public void mayHaveNoExchange() {
        rebounds.restore(tenant, rebound, wish);
    }
}
