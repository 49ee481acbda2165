package dev.weft.execution.settling;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LaterTest {

    /** Such as a delivery that is to go back: it would lie in this process for ever. */
    @Test
    void whatFindsNoThreadIsDoneWhenThereIsOne() {
        var refused = new AtomicBoolean();
        var done = new AtomicInteger();

        Later.in(1, done::incrementAndGet, work -> {
            if (refused.compareAndSet(false, true)) {
                throw new OutOfMemoryError("as if");
            }
            Thread.startVirtualThread(work);
        });

        await().atMost(Duration.ofSeconds(60)).until(() -> done.get() == 1);
    }
}
