package dev.weft.execution.hop;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.failure.HandlerMessage;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowTopology.TopologyException;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.ShownMessages;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.step.StepUnavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One delivery's way: the step it is for works, then every step that may be done together with it, until all messages
 * have gone to a queue or to an end. What is published is safe before the delivery is acknowledged, and so is the record
 * of it ({@link ConfirmRound}).
 */
final class Hop {

    private final HopTools tools;
    private final OpenRun run;
    private final Plan plan;
    private final Delivery delivery;
    private final ConfirmRound round;
    private final MessageEnvelope envelope;
    private final ArrayDeque<Arrival> next = new ArrayDeque<>();
    private final List<StepRecord> records = new ArrayList<>();
    private final HopLog log = new HopLog("");
    private final @Nullable ShownMessages shown;

    Hop(HopTools tools, OpenRun run, Delivery delivery, ConfirmRound round) {
        this.tools = tools;
        this.run = run;
        this.plan = run.plan();
        this.shown = plan.flow().statsEnabled() ? new ShownMessages(tools.codec()) : null;
        this.delivery = delivery;
        this.round = round;
        this.envelope = MessageEnvelope.read(
                delivery.headers(), tools.ids().nextHex32(), tools.clock().millis());
    }

    String messageId() {
        return envelope.messageId();
    }

    String flowId() {
        return plan.flow().id();
    }

    /** @throws StepUnavailable when it must be travelled again later, from the start */
    void travel() {
        if (isRepeatedFiring()) {
            round.end();
            return;
        }
        try {
            next.add(arrived(target(), tools.codec().decode(delivery.body(), envelope.protocol())));
        } catch (IllegalArgumentException e) {
            fail(arrivedAnyhow(), unreadable(e));
        }
        goOn();
    }

    /** The delivery is not worked on: it is an error record, handled like any other. */
    void fail(Failure failure) {
        fail(arrivedAnyhow(), failure);
        goOn();
    }

    /** At the step it is for, as far as that is known; what can not be read is kept as it came. */
    private Arrival arrivedAnyhow() {
        var target = envelope.target();
        var step = target == null ? Optional.<PlannedStep>empty() : plan.find(target);
        StepMessage message;
        try {
            message = tools.codec().decode(delivery.body(), envelope.protocol());
        } catch (IllegalArgumentException e) {
            message = StepMessage.of(Map.of("$undecodable", Base64.getEncoder().encodeToString(delivery.body())));
        }
        return arrived(step.orElseGet(() -> run.firstStep(delivery.queue())), message);
    }

    /** As the delivery says: on a retry an edge may be before the message. */
    private Arrival arrived(PlannedStep step, StepMessage message) {
        var edge = delivery.headers().get(FlowHeaders.EDGE);
        return new Arrival(step, message, envelope, edge == null ? null : edge.toString());
    }

    private void goOn() {
        ScopedValue.where(Sandbox.TENANT, plan.flow().tenantId()).run(this::workAll);
        round.join(record());
        round.end();
    }

    private void workAll() {
        for (var arrival = next.poll(); arrival != null; arrival = next.poll()) {
            work(arrival);
        }
    }

    /**
     * A scheduler that died between sending a firing and noting it sends it once more, and so does a command to fire now
     * that comes again. What the broker took back from a dead worker is no repetition: its work may be half done; nor is
     * a firing that comes back from a wait.
     */
    private boolean isRepeatedFiring() {
        return (envelope.trigger().equals("timer") || envelope.trigger().equals("manual"))
                && envelope.parentMessageId() == null
                && envelope.rebounds() == 0
                && delivery.returns() == 0
                && tools.recorder().isKnown(envelope.execution());
    }

    private CompletableFuture<Void> record() {
        return tools.recorder().record(deliveryRecord(List.copyOf(records), log.lines()));
    }

    private PlannedStep target() {
        var target = envelope.target();
        return target == null ? run.firstStep(delivery.queue()) : plan.step(target);
    }

    private static Failure unreadable(IllegalArgumentException e) {
        return Failure.unreadable(String.valueOf(e.getMessage()));
    }

    // ---- a step's work

    private void work(Arrival arrival) {
        var edge = arrival.edge();
        if (edge != null) {
            crossAgain(arrival, edge);
            return;
        }
        var work = new StepWork(arrival, shown, tools.clock().millis());
        var begun = System.nanoTime();
        try {
            for (var outcome : arrival.step().work().work(input(arrival))) {
                take(work, outcome);
            }
        } catch (StepUnavailable | TopologyException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            failed(work, Failure.of(e));
        }
        var step = arrival.step();
        tools.metrics().step(step.component(), step.method(), work.status().name(), System.nanoTime() - begun);
        records.addAll(work.records(tools.clock().millis()));
    }

    /** A retry of an edge's fault: the edge decides anew what becomes of its source's message. */
    private void crossAgain(Arrival arrival, String edge) {
        var routed = tools.router().again(plan, arrival, edge);
        if (routed.isEmpty()) {
            var closed = new StepWork(arrival, shown, tools.clock().millis());
            records.addAll(closed.records(tools.clock().millis()));
            return;
        }
        switch (routed.get()) {
            case Routed.Taken(var over) -> next.add(over);
            case Routed.Fault(var before, var failure) -> fail(before, failure);
        }
    }

    private StepInput input(Arrival arrival) {
        var step = arrival.step();
        var from = arrival.envelope();
        var snapshot = step.usesSnapshot() ? tools.snapshots().find(plan.flow().id(), step.id()) : null;
        return new StepInput(
                from.execution(), from.effectKey(), arrival.message(), from.retries() + 1, snapshot, from.replyTo());
    }

    /** Each kind of outcome, and what it means. */
    private void take(StepWork work, Outcome outcome) {
        switch (outcome) {
            case Outcome.Data(var message) -> emit(work, message);
            case Outcome.Failed(var name, var message, var stack) -> failed(work, new Failure(name, message, stack));
            case Outcome.Rebound rebound -> rebound(work, rebound);
            case Outcome.Reply reply -> reply(work, reply);
            case Outcome.Log(var level, var message) -> log(work.arrival(), level, message);
            case Outcome.Snapshot(var value, var merge) ->
                tools.snapshots().store(plan.flow().id(), work.arrival().step().id(), value, merge);
        }
    }

    // ---- data

    private void emit(StepWork work, StepMessage message) {
        var from = work.arrival();
        var ordinal = work.emit(message);
        var leaving = tools.router().leaving(from, message);
        for (var routed : tools.router().route(plan, from, leaving, ordinal)) {
            work.child(routed.arrival().key());
            switch (routed) {
                case Routed.Taken(var arrival) -> forward(arrival);
                case Routed.Fault(var arrival, var failure) -> fail(arrival, failure);
            }
        }
    }

    /** To the step's queue when it has one of its own; else it is done here, next. */
    private void forward(Arrival arrival) {
        if (!arrival.step().head()) {
            next.add(arrival);
            return;
        }
        byte[] body;
        try {
            body = tools.codec().encode(arrival.message());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            fail(arrival, Failure.of(e));
            return;
        }
        var frame = FlowFrame.to(arrival.step().queue(), arrival.envelope().headers(plan.headers()), body);
        round.publish(frame, attempts -> unroutable(arrival, attempts));
    }

    /** The queue is gone. With its run: so is the message. Otherwise it may come back, or was deleted by someone else. */
    private boolean unroutable(Arrival arrival, int attempts) {
        if (!run.isOpen()) {
            return true;
        }
        if (attempts < 6) {
            return false;
        }
        round.extend();
        Thread.startVirtualThread(() -> {
            var late = new Hop(tools, run, delivery, round);
            late.fail(arrival, Failure.unroutable());
            late.goOn();
        });
        return true;
    }

    // ---- failures

    /** An error that belongs to a message which was not worked on. */
    void fail(Arrival arrival, Failure failure) {
        var work = new StepWork(arrival, shown, tools.clock().millis());
        failed(work, failure);
        records.addAll(work.records(tools.clock().millis()));
    }

    /** An error record, a line in the log, and whoever else must hear of it. */
    private void failed(StepWork work, Failure failure) {
        var arrival = work.arrival();
        var now = tools.clock().millis();
        var ordinal = work.fail();
        tools.metrics().error();
        log.add(arrival, LogLevel.ERROR, failure.message(), now);
        var record = failureRecord(arrival, failure, ordinal, now);
        var children = tellHandler(arrival, failure, ordinal);
        work.fail(record, children);
        tellCaller(arrival, failure);
    }

    private FailureRecord failureRecord(Arrival arrival, Failure failure, int ordinal, long now) {
        byte[] frame;
        try {
            frame = tools.codec().encode(arrival.message());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // What could not be written can not be kept: the record stays, without a retry.
            frame = new byte[0];
        }
        var headers = arrival.envelope().headers(plan.headers());
        if (arrival.edge() != null) {
            headers.put(FlowHeaders.EDGE, arrival.edge());
        }
        return new FailureRecord(
                Ids.sha256(arrival.key() + "!" + ordinal).substring(0, 32),
                failure.name(),
                failure.message(),
                failure.stack(),
                now,
                frame,
                headers);
    }

    /** One message to the error handler for each error record of the steps that are not behind it (api-v2 9.2). */
    private List<String> tellHandler(Arrival arrival, Failure failure, int ordinal) {
        if (plan.errorHandler().isEmpty() || arrival.step().behindHandler()) {
            return List.of();
        }
        var handler = plan.errorHandler().get();
        var from = arrival.envelope();
        var key = EffectKey.next(arrival.key(), handler.id(), "error", ordinal);
        var message =
                HandlerMessage.of(failure, arrival.message(), arrival.step().id(), from.execution());
        var told = new Arrival(
                handler,
                message,
                from.next(tools.ids().nextHex32(), arrival.step().id(), handler.id(), key));
        forward(told);
        return List.of(told.key());
    }

    /** An error answers the waiting caller, unless the handler may do so (api-v2 11.6). */
    private void tellCaller(Arrival arrival, Failure failure) {
        var replyTo = arrival.envelope().replyTo();
        if (replyTo != null && !plan.answersErrors()) {
            round.publish(
                    tools.replies().error(replyTo, arrival.envelope().execution(), failure), _ -> nobodyWaits(arrival));
        }
    }

    // ---- rebound, reply, log

    private void rebound(StepWork work, Outcome.Rebound rebound) {
        var arrival = work.arrival();
        var from = arrival.envelope();
        if (!tools.rebounds().allows(from.rebounds())) {
            failed(work, Failure.reboundLimit(rebound.reason()));
            return;
        }
        var again = from.rebound(tools.ids().nextHex32(), arrival.step().id(), rebound.inPlace());
        var headers = again.headers(plan.headers());
        headers.put(FlowHeaders.REBOUND_REASON, rebound.reason());
        var frame = tools.rebounds()
                .frame(
                        plan.flow().tenantId(),
                        again.rebounds(),
                        rebound.delay(),
                        arrival.step().queue(),
                        headers,
                        tools.codec().encode(arrival.message()));
        work.rebound(arrival.nextAttemptKey());
        tools.metrics().rebound();
        round.publish(frame, attempts -> unroutable(arrival, attempts));
    }

    private void reply(StepWork work, Outcome.Reply reply) {
        var arrival = work.arrival();
        var replyTo = arrival.envelope().replyTo();
        work.answer();
        if (replyTo == null) {
            log(arrival, LogLevel.INFO, "No caller is waiting for the reply.");
            return;
        }
        round.publish(
                tools.replies().answer(replyTo, arrival.envelope().execution(), reply), _ -> nobodyWaits(arrival));
    }

    private boolean nobodyWaits(Arrival arrival) {
        var line = new HopLog("unanswered");
        line.add(
                arrival,
                LogLevel.INFO,
                "The caller no longer waits for the reply.",
                tools.clock().millis());
        round.join(tools.recorder().record(deliveryRecord(List.of(), line.lines())));
        return true;
    }

    private void log(Arrival arrival, int level, String message) {
        log.add(arrival, level, message, tools.clock().millis());
    }

    private DeliveryRecord deliveryRecord(List<StepRecord> steps, List<DeliveryRecord.LogLine> lines) {
        var flow = plan.flow();
        return new DeliveryRecord(
                envelope.execution(),
                flow.id(),
                plan.versionId(),
                plan.runId(),
                flow.workspaceId(),
                flow.tenantId(),
                flow.userId(),
                envelope.trigger(),
                envelope.startedAt(),
                steps,
                lines);
    }
}
