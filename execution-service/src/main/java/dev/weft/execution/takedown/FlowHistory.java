package dev.weft.execution.takedown;

import dev.weft.execution.execution.Execution;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.flow.FlowRemains;
import dev.weft.execution.record.DeliveryRecord;
import java.time.Clock;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** Applies a flow's life to its executions: a stop cancels them, a deletion removes them. */
@Service
public class FlowHistory {

    private static final int AT_ONCE = 500;

    private final MongoExecutionStore store;
    private final List<FlowRemains> remains;
    private final Clock clock;

    FlowHistory(MongoExecutionStore store, List<FlowRemains> remains, Clock clock) {
        this.store = store;
        this.remains = remains;
        this.clock = clock;
    }

    /** A stop dropped what was queued: running executions are canceled. */
    public void cancelRunning(String flowId) {
        cancel(() -> store.runningOf(flowId), Execution::cancel);
    }

    /** The same of one run; what goes on in another one, as after a retry, stays. */
    public void cancelRunning(String flowId, String runId) {
        cancel(() -> store.runningOf(flowId, runId), (execution, now) -> execution.cancel(now, runId));
    }

    /**
     * Kick-offs that a stop drops before any step began with them, each as a record without a step: executions that are
     * canceled, for who watches them. Those that had begun have one already, which the stop cancels.
     */
    void cancelUnbegun(List<DeliveryRecord> kickOffs) {
        var now = clock.millis();
        for (var from = 0; from < kickOffs.size(); from += AT_ONCE) {
            store.insert(kickOffs.subList(from, Math.min(from + AT_ONCE, kickOffs.size())).stream()
                    .map(kickOff -> {
                        var execution = Execution.begin(kickOff);
                        execution.apply(kickOff);
                        execution.cancel(now);
                        return execution;
                    })
                    .toList());
        }
    }

    private void cancel(Supplier<List<String>> some, ObjLongConsumer<Execution> end) {
        for (var running = some.get(); !running.isEmpty(); running = some.get()) {
            var loaded = store.load(running).values();
            var now = clock.millis();
            loaded.forEach(execution -> end.accept(execution, now));
            // Executions that another writer has changed meanwhile are found again by the next look.
            store.save(loaded);
        }
    }

    public boolean isRunning(String flowId, String runId) {
        return store.isRunning(flowId, runId);
    }

    /** Executions, logs, snapshots and whatever else is kept of it. */
    public void delete(String flowId) {
        // Of the others nobody hears, and they go in one query.
        cancel(() -> store.awaitedOf(flowId), Execution::cancel);
        remains.forEach(kept -> kept.deleteFlow(flowId));
    }
}
