package dev.weft.execution.execution;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import dev.weft.execution.log.FlowLog;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.execution.step.StepUnavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Writes records by group commit: what has come while one batch was written is the next batch, so a quiet service
 * writes at once and a busy one writes much at a time. While the store is away a batch is tried again and again; the
 * deliveries behind it stay unacknowledged meanwhile, which stops the workers without losing anything.
 */
@Service
class MongoRecorder implements Recorder, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MongoRecorder.class);
    private static final int LARGEST_BATCH = 400;
    /** Batches begin no closer than this unless much has come: one record costs store and broker as much as twenty. */
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int MUCH = LARGEST_BATCH / 4;
    /** A document, or what an update makes of it. */
    private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419, 17420);

    /** @param reduced without its messages, since it was refused with them */
    private record Waiting(DeliveryRecord delivery, CompletableFuture<Void> written, boolean reduced) {}

    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final MongoExecutionStore store;
    private final MongoErrorInputs inputs;
    private final FlowLog logs;
    private final EngineMetrics metrics;
    private volatile @Nullable Thread writer;
    private volatile boolean stopping;

    MongoRecorder(MongoExecutionStore store, MongoErrorInputs inputs, FlowLog logs, EngineMetrics metrics) {
        this.store = store;
        this.logs = logs;
        this.inputs = inputs;
        this.metrics = metrics;
    }

    @Override
    public CompletableFuture<Void> record(DeliveryRecord delivery) {
        var waiting = new Waiting(delivery, new CompletableFuture<>(), false);
        queue.add(waiting);
        return waiting.written();
    }

    @Override
    public boolean hasError(String executionId, String messageId) {
        try {
            return store.find(executionId)
                    .filter(execution -> execution.hasError(messageId))
                    .isPresent();
        } catch (MongoException e) {
            throw new StepUnavailable(e);
        }
    }

    @Override
    public boolean isKnown(String executionId) {
        return store.exists(executionId);
    }

    private void write() {
        var batch = new ArrayList<Waiting>(LARGEST_BATCH);
        var begun = System.nanoTime() - PACE;
        while (!stopping || !queue.isEmpty()) {
            try {
                var first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                var early = begun + PACE - System.nanoTime();
                if (early > 0 && queue.size() < MUCH) {
                    TimeUnit.NANOSECONDS.sleep(early);
                }
                begun = System.nanoTime();
                queue.drainTo(batch, LARGEST_BATCH - 1);
                write(batch);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                batch.clear();
            }
        }
    }

    private void write(List<Waiting> batch) throws InterruptedException {
        for (long pause = 50; ; pause = Math.min(pause * 2, 2000)) {
            try {
                var begun = System.nanoTime();
                store(batch.stream().map(Waiting::delivery).toList());
                metrics.recorded(batch.size(), System.nanoTime() - begun);
                batch.forEach(waiting -> waiting.written().complete(null));
                return;
            } catch (OutOfMemoryError | StackOverflowError e) {
                // Whoever writes must go on: nothing is acknowledged without.
                log.error("{} records could not be written and are tried again", batch.size(), e);
            } catch (RuntimeException e) {
                if (isForGood(e) && !stopping) {
                    refuse(batch, e);
                    return;
                }
                log.warn("{} records wait for the store: {}", batch.size(), e.toString());
            }
            if (stopping) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(pause);
        }
    }

    /** Whether trying again is of no use: the store refuses what it is given, or no document can be made of it. */
    private static boolean isForGood(RuntimeException thrown) {
        return switch (thrown) {
            case MongoBulkWriteException bulk -> !bulk.getWriteErrors().isEmpty();
            case MongoWriteException _ -> true;
            case MongoCommandException command -> TOO_LARGE.contains(command.getErrorCode());
            case MongoException _ -> false;
            default -> true;
        };
    }

    /**
     * One record that is refused must not keep the others, so each is written alone; the refused one is written without
     * its messages then. What is refused even so is for whoever waits for the record to see to.
     */
    private void refuse(List<Waiting> batch, RuntimeException cause) throws InterruptedException {
        if (batch.size() > 1) {
            for (var waiting : batch) {
                write(List.of(waiting));
            }
            return;
        }
        var refused = batch.getFirst();
        var delivery = refused.delivery();
        if (refused.reduced()) {
            log.error(
                    "A record of execution {} of flow {} can not be kept, not even without its messages",
                    delivery.executionId(),
                    delivery.flowId(),
                    cause);
            refused.written().completeExceptionally(cause);
        } else {
            log.error(
                    "A record of execution {} of flow {} is kept without its messages: {}",
                    delivery.executionId(),
                    delivery.flowId(),
                    cause.toString());
            write(List.of(new Waiting(delivery.reduced(), refused.written(), true)));
        }
    }

    private void store(List<DeliveryRecord> deliveries) {
        var failures = new LinkedHashMap<FailureRecord, DeliveryRecord>();
        var lines = new ArrayList<FlowLog.Entry>();
        var byExecution = new LinkedHashMap<String, List<DeliveryRecord>>();
        for (var delivery : deliveries) {
            byExecution
                    .computeIfAbsent(delivery.executionId(), _ -> new ArrayList<>())
                    .add(delivery);
            for (var step : delivery.steps()) {
                if (step.failure() != null) {
                    failures.put(step.failure(), delivery);
                }
            }
            delivery.logs().forEach(line -> lines.add(entry(delivery, line)));
        }
        inputs.keep(failures);
        logs.append(lines);
        var pending = insertNew(byExecution);
        while (!pending.isEmpty()) {
            pending = merge(pending);
        }
    }

    private static FlowLog.Entry entry(DeliveryRecord delivery, DeliveryRecord.LogLine line) {
        return new FlowLog.Entry(
                line.id(),
                delivery.tenantId(),
                delivery.workspaceId(),
                delivery.flowId(),
                delivery.userId(),
                line.componentId(),
                delivery.runId(),
                line.stepId(),
                delivery.executionId(),
                line.method(),
                line.componentName(),
                line.at(),
                line.level(),
                line.message());
    }

    /** The common case: an execution whose first record is in this batch has no document yet. */
    private Map<String, List<DeliveryRecord>> insertNew(Map<String, List<DeliveryRecord>> byExecution) {
        var fresh = new ArrayList<Execution>();
        var pending = new HashMap<String, List<DeliveryRecord>>();
        byExecution.forEach((id, deliveries) -> {
            if (deliveries.stream().anyMatch(MongoRecorder::beginsExecution)) {
                fresh.add(applied(Execution.begin(deliveries.getFirst()), deliveries));
            } else {
                pending.put(id, deliveries);
            }
        });
        for (var execution : fresh) {
            execution.revision = 1;
        }
        for (var known : store.insert(fresh)) {
            pending.put(known, java.util.Objects.requireNonNull(byExecution.get(known)));
        }
        return pending;
    }

    private static boolean beginsExecution(DeliveryRecord delivery) {
        return delivery.steps().stream()
                .anyMatch(step -> step.parentMessageId() == null && step.attempt() == 1 && !step.isFrame());
    }

    private Map<String, List<DeliveryRecord>> merge(Map<String, List<DeliveryRecord>> pending) {
        var known = store.load(pending.keySet());
        Collection<Execution> changed = new ArrayList<>();
        pending.forEach((id, deliveries) -> {
            var execution = known.get(id);
            changed.add(applied(execution == null ? Execution.begin(deliveries.getFirst()) : execution, deliveries));
        });
        var late = new HashMap<String, List<DeliveryRecord>>();
        for (var id : new HashSet<>(store.save(changed))) {
            late.put(id, java.util.Objects.requireNonNull(pending.get(id)));
        }
        return late;
    }

    /** A sailor writes by itself which execution its frames are of, so it is not believed about those of another flow. */
    private static Execution applied(Execution execution, List<DeliveryRecord> deliveries) {
        for (var delivery : deliveries) {
            if (delivery.flowId().equals(execution.flowId)) {
                execution.apply(delivery);
            } else {
                log.warn("Flow {} names an execution of another, {}", delivery.flowId(), execution.id);
            }
        }
        return execution;
    }

    @Override
    public void start() {
        writer = Thread.ofPlatform().name("recorder").daemon().start(this::write);
    }

    /** Ends after the workers (later phase first): what they still hand over is written. */
    @Override
    public void stop() {
        stopping = true;
        var running = writer;
        if (running != null) {
            try {
                running.join(5000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        writer = null;
    }

    @Override
    public boolean isRunning() {
        return writer != null;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
