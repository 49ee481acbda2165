package dev.weft.execution.worker;

import dev.weft.execution.failure.Suspects;
import dev.weft.execution.hop.Hop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Watches work in progress. A message hangs when it has been in work for longer than all steps of its queue may take.
 * That is stored as if a process had died of it, since usually somebody kills the process next: so the message is a
 * suspect when it comes back ({@link Workers}), and becomes an error record before long. The watch is a platform
 * thread: hanging work may occupy all carriers of virtual threads.
 */
final class HangingWork {

    private static final Logger log = LoggerFactory.getLogger(HangingWork.class);
    private static final long PERIOD_MS = 5000;
    /** Beyond what the steps may take. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final class Work {
        private final OpenRun run;
        private final String queue;
        private final long begun = System.nanoTime();
        /** Of the watch, and read when the work has ended. */
        private volatile boolean hangs;

        Work(OpenRun run, String queue) {
            this.run = run;
            this.queue = queue;
        }

        Duration longest() {
            return run.plan().longest(queue);
        }
    }

    private final Suspects suspects;
    private final Map<Hop, Work> inWork = new ConcurrentHashMap<>();
    private volatile @Nullable CountDownLatch stopping;

    HangingWork(Suspects suspects) {
        this.suspects = suspects;
    }

    void begun(Hop hop, OpenRun run, String queue) {
        inWork.put(hop, new Work(run, queue));
    }

    /** True when it was thought to hang, and did not. */
    boolean ended(Hop hop) {
        var work = inWork.remove(hop);
        return work != null && work.hangs;
    }

    /** How many hang. */
    long count() {
        return inWork.values().stream().filter(work -> work.hangs).count();
    }

    void look(Duration margin) {
        var now = System.nanoTime();
        inWork.forEach((hop, work) -> {
            if (!work.hangs && now - work.begun > work.longest().plus(margin).toNanos()) {
                // Stored before it is marked: while the store is away this throws, and the next look tries again.
                suspects.begin(hop.messageId(), hop.flowId());
                work.hangs = true;
                log.error(
                        "A message of {} is in work for longer than its steps may take; should this process end, it is"
                                + " worked on apart",
                        work.queue);
            }
        });
    }

    void start() {
        var end = new CountDownLatch(1);
        stopping = end;
        Thread.ofPlatform().name("hanging-work").daemon().start(() -> watch(end));
    }

    private void watch(CountDownLatch end) {
        try {
            while (!end.await(PERIOD_MS, TimeUnit.MILLISECONDS)) {
                try {
                    look(MARGIN);
                } catch (DataAccessException e) {
                    log.debug("What hangs can not be written down yet: {}", e.toString());
                } catch (RuntimeException | Error e) {
                    log.error("The watch over what is in work goes on after a fault", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        var end = stopping;
        if (end != null) {
            end.countDown();
        }
    }
}
