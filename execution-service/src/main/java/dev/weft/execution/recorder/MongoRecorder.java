package dev.weft.execution.recorder;

import com.mongodb.MongoException;
import dev.weft.execution.errorinbox.MongoErrorInputs;
import dev.weft.execution.execution.Execution;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.log.FlowLog;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.record.DeliveryAudience;
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
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Writes records with two threads ({@link RecordWriter}), in batches: inputs of errors, log lines, then executions, to
 * which their records are applied ({@link Execution#apply}). Large records have a thread of their own, so that a
 * splitter's thousands of messages do not delay other tenants' acknowledgements. While the store is away a batch is
 * tried again and again; the deliveries behind it stay unacknowledged meanwhile, which stops the workers without losing
 * anything.
 */
@Service
class MongoRecorder implements Recorder, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MongoRecorder.class);
    /** About what takes as long as a batch of usual records. */
    private static final long HEAVY = 256 * 1024;

    private final MongoExecutionStore store;
    private final MongoErrorInputs inputs;
    private final FlowLog logs;
    private final DeliveryAudience audience;
    private final RecordWriter usual;
    private final RecordWriter heavy;

    MongoRecorder(
            MongoExecutionStore store,
            MongoErrorInputs inputs,
            FlowLog logs,
            DeliveryAudience audience,
            EngineMetrics metrics) {
        this.store = store;
        this.logs = logs;
        this.audience = audience;
        this.inputs = inputs;
        this.usual = new RecordWriter("recorder", this::store, metrics);
        this.heavy = new RecordWriter("recorder-heavy", this::store, metrics);
        metrics.records(() -> usual.waiting() + heavy.waiting(), this::oldestSeconds);
    }

    @Override
    public CompletableFuture<Void> record(DeliveryRecord delivery) {
        var waiting = RecordQueue.Waiting.of(delivery, delivery.weight());
        (waiting.weight() < HEAVY ? usual : heavy).add(waiting);
        return waiting.written();
    }

    /** How long the oldest record has waited to be written. */
    long oldestSeconds() {
        return Math.max(usual.oldestSeconds(), heavy.oldestSeconds());
    }

    boolean isWriting() {
        return usual.isRunning() && heavy.isRunning();
    }

    int waiting() {
        return usual.waiting() + heavy.waiting();
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
    public boolean isMissed(String executionId, String key) {
        try {
            return store.find(executionId)
                    .filter(execution -> execution.misses(key))
                    .isPresent();
        } catch (MongoException e) {
            throw new StepUnavailable(e);
        }
    }

    @Override
    public boolean isKnown(String executionId) {
        return store.exists(executionId);
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
        // Inputs and lines are written before the executions: whoever sees an error may retry it at once. A repeated
        // batch writes them under the same ids.
        inputs.keep(failures);
        logs.append(lines);
        var pending = insertNew(byExecution);
        // An execution that another replica has changed meanwhile is read and applied again; records may be applied in
        // any order.
        while (!pending.isEmpty()) {
            pending = merge(pending);
        }
        audience.written(deliveries);
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
        for (var known : store.insert(fresh)) {
            pending.put(known, java.util.Objects.requireNonNull(byExecution.get(known)));
        }
        return pending;
    }

    private static boolean beginsExecution(DeliveryRecord delivery) {
        // A record without a parent message is the first of its execution, which is usually not stored yet; for most
        // others it is.
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
            if (delivery.flowId().equals(execution.flowId())) {
                execution.apply(delivery);
            } else {
                log.warn("Flow {} names an execution of another, {}", delivery.flowId(), execution.id());
            }
        }
        return execution;
    }

    @Override
    public void start() {
        usual.start();
        heavy.start();
    }

    /** Ends after the workers (later phase first): what they still hand over is written. */
    @Override
    public void stop() {
        usual.stop();
        heavy.stop();
    }

    @Override
    public boolean isRunning() {
        return usual.isRunning() || heavy.isRunning();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
