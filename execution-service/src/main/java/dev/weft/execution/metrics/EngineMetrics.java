package dev.weft.execution.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Service;

/**
 * All meters of the engine, each named here. Tags have few values: no flow, no tenant. Meters that every message uses
 * are made once and found again without building strings.
 */
@Service
public final class EngineMetrics {

    /** What the broker said to a publish. */
    public enum Answer {
        CONFIRMED,
        /** No such queue. */
        RETURNED,
        /** The queue is full. */
        REFUSED,
        /** The connection ended first. */
        LOST
    }

    /** How a request to the sandbox ended, as a tag. */
    public enum SandboxEnd {
        DONE,
        FAILED,
        /** Its worker was ended for it. */
        TIMEOUT,
        /** It killed its worker, twice. */
        KILLED,
        /** There was no room or no worker for it. */
        UNAVAILABLE
    }

    private record StepKind(String component, String method, String outcome) {}

    private final MeterRegistry registry;
    private final ConcurrentHashMap<StepKind, Timer> steps = new ConcurrentHashMap<>();
    private final Map<Answer, Timer> published = new EnumMap<>(Answer.class);
    private final Map<SandboxEnd, Timer> sandboxCalls = new EnumMap<>(SandboxEnd.class);
    private final Timer sandboxWait;
    private final Counter sandboxWorkers;
    private final Counter errors;
    private final Counter rebounds;
    private final Counter deadLetters;
    private final Counter lostMessages;
    private final DistributionSummary recordBatch;
    private final Timer recordWrite;
    private final Counter recordsRefused;

    public EngineMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (var answer : Answer.values()) {
            published.put(answer, registry.timer("weft.messages.published", "answer", lower(answer.name())));
        }
        for (var end : SandboxEnd.values()) {
            sandboxCalls.put(end, registry.timer("weft.sandbox.calls", "outcome", lower(end.name())));
        }
        this.sandboxWait = registry.timer("weft.sandbox.wait");
        this.sandboxWorkers = registry.counter("weft.sandbox.workers");
        this.errors = registry.counter("weft.errors");
        this.rebounds = registry.counter("weft.rebounds");
        this.deadLetters = registry.counter("weft.dead.letters");
        this.lostMessages = registry.counter("weft.messages.lost");
        this.recordBatch = registry.summary("weft.records.batch");
        this.recordWrite = registry.timer("weft.records.write");
        this.recordsRefused = registry.counter("weft.records.refused");
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    // ---- the way of a message

    /**
     * A step's work on one message.
     *
     * @param component of the built-in, {@code http}
     * @param outcome   completed, filtered, rebound, failed, in any case
     */
    public void step(String component, String method, String outcome, long nanos) {
        steps.computeIfAbsent(new StepKind(component, method, outcome), this::stepTimer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer stepTimer(StepKind kind) {
        var step = kind.component() + ":" + kind.method();
        return registry.timer("weft.steps", "step", step, "outcome", lower(kind.outcome()));
    }

    public void error() {
        errors.increment();
    }

    public void rebound() {
        rebounds.increment();
    }

    /** A message that the broker has lost. */
    public void lostMessage() {
        lostMessages.increment();
    }

    public void deadLetter() {
        deadLetters.increment();
    }

    /** What this process has of its queues, and for how many flows it takes messages. */
    public void deliveries(LongSupplier begun, LongSupplier waiting, LongSupplier flows) {
        gauge("weft.deliveries.begun", begun);
        gauge("weft.deliveries.waiting", waiting);
        gauge("weft.flows.active", flows);
    }

    // ---- the life of flows

    /** Flows of which this process can not take all that it should. */
    public void unopenedFlows(LongSupplier count) {
        gauge("weft.flows.unopened", count);
    }

    /** Messages in work for longer than their steps may take. */
    public void hangingMessages(LongSupplier count) {
        gauge("weft.messages.hanging", count);
    }

    /** Threads that were given up with an expression that does not end. */
    public void lostExpressionThreads(LongSupplier count) {
        gauge("weft.expressions.lost", count);
    }

    /** Runs that were replaced or given up and have queues still; told by the replica that looks after them. */
    public void drainingRuns(LongSupplier count) {
        gauge("weft.runs.draining", count);
    }

    // ---- the broker

    /** Queues that can not be taken from though the broker is there. */
    public void troubledQueues(LongSupplier count) {
        gauge("weft.queues.troubled", count);
    }

    /** Contracts of which more waits than may, as this process sees it. */
    public void fullContracts(LongSupplier count) {
        gauge("weft.contracts.full", count);
    }

    public void published(Answer answer, long nanos) {
        Objects.requireNonNull(published.get(answer)).record(nanos, TimeUnit.NANOSECONDS);
    }

    public void unconfirmed(LongSupplier count) {
        gauge("weft.messages.unconfirmed", count);
    }

    private void gauge(String name, LongSupplier value) {
        Gauge.builder(name, value::getAsLong).register(registry);
    }

    // ---- the store

    /** A batch of records, written together. */
    public void recorded(int records, long nanos) {
        recordBatch.record(records);
        recordWrite.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A record that can not be kept as it is. */
    public void recordRefused() {
        recordsRefused.increment();
    }

    /** Records that are not written yet, and how many seconds the oldest of them has waited. */
    public void records(LongSupplier waiting, LongSupplier oldest) {
        gauge("weft.records.waiting", waiting);
        gauge("weft.records.oldest", oldest);
    }

    // ---- the sandbox

    public void sandboxCall(SandboxEnd end, long nanos) {
        Objects.requireNonNull(sandboxCalls.get(end)).record(nanos, TimeUnit.NANOSECONDS);
    }

    public void sandboxWait(long nanos) {
        sandboxWait.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A worker process was started. */
    public void sandboxWorker() {
        sandboxWorkers.increment();
    }
}
