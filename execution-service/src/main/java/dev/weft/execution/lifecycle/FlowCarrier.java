package dev.weft.execution.lifecycle;

import dev.weft.common.duty.Pauses;
import dev.weft.common.duty.RareLines;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Carries out wishes, each flow on a thread of its own and only some at the same time. So a flow whose queues can not
 * be declared holds up neither other flows nor the thread that hears commands.
 */
@Service
class FlowCarrier {

    private static final int AT_A_TIME = 64;

    private final FlowLifecycle lifecycle;
    private final RareLines lines = new RareLines(LoggerFactory.getLogger(FlowCarrier.class));
    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final Set<String> leftBehind = ConcurrentHashMap.newKeySet();
    private final Pauses pauses = new Pauses(Duration.ofSeconds(2), Duration.ofSeconds(10));

    FlowCarrier(FlowLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** Returns at once. */
    void carryOut(String flowId) {
        start(flowId, () -> {});
    }

    /** The same for what was left behind: not while it is under way here, nor before its pause is over. */
    void carryOn(String flowId) {
        if (pauses.isOver(flowId) && leftBehind.add(flowId)) {
            start(flowId, () -> leftBehind.remove(flowId));
        }
    }

    private void start(String flowId, Runnable afterwards) {
        try {
            Thread.ofVirtual().name("flow-" + flowId).start(() -> {
                // The flow's own thread waits for the place, so that the caller goes on at once.
                places.acquireUninterruptibly();
                try {
                    carry(flowId);
                } finally {
                    places.release();
                    afterwards.run();
                }
            });
        } catch (OutOfMemoryError e) {
            // No thread could be started. The flow must not stay marked as under way, or no sweep would try it again.
            afterwards.run();
            failed(flowId, e);
        }
    }

    private void carry(String flowId) {
        try {
            if (lifecycle.carryOut(flowId)) {
                pauses.succeeded(flowId);
            } else {
                pauses.failed(flowId);
            }
        } catch (RuntimeException | Error e) {
            failed(flowId, e);
        }
    }

    private void failed(String flowId, Throwable cause) {
        pauses.failed(flowId);
        lines.warn("A flow can not be brought to its wished state yet", flowId, cause);
    }
}
