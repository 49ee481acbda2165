package dev.weft.execution.hop;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.failure.HandlerMessage;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.plan.PlannedWork;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowTopology.TopologyException;
import dev.weft.execution.record.ShownMessages;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One delivery's way: the step it is for works, then every step that may be done together with it, until all messages
 * have gone to a queue or to an end. What is published is safe before the delivery is acknowledged, and so is the record
 * of it ({@link ConfirmRound}).
 */
final class Hop implements Expressions.Work {

    /** Beyond all others', in which who is told of an error begins with it; well within the patience of who closes a run. */
    private static final Duration HANDLERS_TIME = Duration.ofSeconds(5);

    private final HopTools tools;
    private final OpenRun run;
    private final Plan plan;
    private final Delivery delivery;
    private final ConfirmRound round;
    private final MessageEnvelope envelope;
    private final ArrayDeque<Arrival> next = new ArrayDeque<>();
    private final HopRecord record;
    private final Faults faults;
    private final HopBudget budget;
    /** What an error is told to must have room when the rest has used up its own. */
    private final HopBudget handlersBudget;

    private final HopTime time;
    private final HopTime handlersTime;
    /** Of the step whose turn it is. */
    private HopTime current;

    private final @Nullable ShownMessages shown;
    /** Whether this is the delivery of a firing that {@link OpenRun} knows to be in work. */
    private volatile boolean begun;

    Hop(HopTools tools, OpenRun run, Delivery delivery, ConfirmRound round) {
        this.tools = tools;
        this.run = run;
        this.plan = run.plan();
        this.shown = plan.flow().statsEnabled() ? new ShownMessages(tools.codec()) : null;
        this.delivery = delivery;
        this.round = round;
        this.faults = new Faults(tools, plan);
        this.budget = new HopBudget(tools.limits(), this::roomForMuch);
        this.handlersBudget = new HopBudget(tools.limits(), this::roomForMuch);
        var begins = plan.begins(delivery.queue());
        this.time = new HopTime(begins);
        this.handlersTime = new HopTime(begins.plus(HANDLERS_TIME));
        this.current = time;
        var newId = tools.ids().nextHex32();
        var now = tools.clock().millis();
        // Whatever is ours has an effect key.
        this.envelope = delivery.isRouted() || !delivery.headers().containsKey(FlowHeaders.EFFECT)
                ? MessageEnvelope.ofFrame(delivery.headers(), flowId(), tools.seal(), newId, now)
                : MessageEnvelope.read(delivery.headers(), newId, now);
        // Frames about the same message, even with the same id, have log lines of their own.
        var frame = delivery.isRouted() ? delivery.headers().get(FlowHeaders.MESSAGE_ID) + fingerprint(delivery) : "";
        this.record = new HopRecord(plan, envelope, frame);
    }

    private static String fingerprint(Delivery delivery) {
        return HexFormat.of().formatHex(Ids.digest("SHA-1", delivery.body()));
    }

    String messageId() {
        return envelope.messageId();
    }

    /** It has not come to its end and is travelled again; false when somebody else has seen to that ({@link ConfirmRound}). */
    boolean takeBack() {
        return round.takeBack();
    }

    String tenantId() {
        return plan.flow().tenantId();
    }

    /** When its execution began, milliseconds since 1970. */
    long startedAt() {
        return envelope.startedAt();
    }

    @Override
    public String flowId() {
        return plan.flow().id();
    }

    @Override
    public void requireTime() {
        current.check();
    }

    /** @throws StepUnavailable when it must be travelled again later, from the start */
    void travel() {
        begun = isFiring() && run.beginFiring(envelope.execution());
        if (isFiring() && !begun) {
            throw new StepUnavailable("Another delivery of this firing is in work.");
        }
        try {
            if (isKnownFiring() || isExplainedRejection()) {
                endFiring();
                round.end();
                return;
            }
            if (delivery.isRouted()) {
                hearing().hear();
            } else {
                open();
            }
            goOn();
        } catch (RuntimeException | Error e) {
            endFiring();
            throw e;
        }
    }

    private void open() {
        StepMessage message;
        try {
            message = decoded();
        } catch (IllegalArgumentException e) {
            fail(arrivedAnyhow(), unreadable(e));
            return;
        }
        var arrival = arrived(target(), message);
        if (Hearing.isRejection(delivery)) {
            hearing().heard(arrival, Failure.rejected());
        } else {
            next.add(arrival);
        }
    }

    private StepMessage decoded() {
        return Hearing.isRejection(delivery)
                ? tools.sailorFrames().input(delivery)
                : tools.codec().decode(delivery.body(), envelope.protocol());
    }

    /** The delivery is not worked on: it is an error record, handled like any other. */
    void fail(Failure failure) {
        fail(arrivedAnyhow(), failure);
        goOn();
    }

    /** At the step it is for, as far as that is known; what can not be read is kept as it came. */
    Arrival arrivedAnyhow() {
        var target = envelope.target();
        var step = target == null ? Optional.<PlannedStep>empty() : plan.find(target);
        StepMessage message;
        try {
            message = decoded();
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
        try (budget;
                handlersBudget) {
            ScopedValue.where(Sandbox.TENANT, plan.flow().tenantId())
                    .where(Expressions.WORK, this)
                    .run(this::workAll);
        }
        var written = record.isEmpty()
                ? CompletableFuture.<Void>completedFuture(null)
                : tools.recorder().record(record.whole());
        round.join(written.whenComplete((_, _) -> endFiring()));
        round.end();
    }

    private void workAll() {
        for (var arrival = next.poll(); arrival != null; arrival = next.poll()) {
            var left = budget(arrival.step());
            var time = time(arrival.step());
            left.remove(arrival.message());
            current = time;
            if (left.isExceeded() || time.isExceeded()) {
                leave(arrival);
            } else if (time.isOver()) {
                fail(arrival, Failure.of(time.exceed()));
            } else {
                work(arrival);
            }
        }
    }

    /** Not done any more, since what the delivery may come to is used up: the error at another step says so. */
    private void leave(Arrival arrival) {
        var now = tools.clock().millis();
        record.add(List.of(new StepWork(arrival, null, now).leftUndone(now)));
    }

    private LargeDeliveries.Place roomForMuch() {
        return tools.large()
                .enterGrown(tenantId())
                .orElseThrow(() -> new StepUnavailable("Others come to too much at the moment."));
    }

    private boolean isFiring() {
        return (envelope.trigger().equals("timer") || envelope.trigger().equals("manual"))
                && envelope.parentMessageId() == null
                && envelope.rebounds() == 0
                && !delivery.isRouted()
                && !Hearing.isRejection(delivery);
    }

    /**
     * A scheduler that died between sending a firing and noting it sends it once more, and so does a command to fire now
     * that comes again. What the broker took back from a dead worker is no repetition: its work may be half done; nor is
     * a firing that comes back from a wait.
     */
    private boolean isKnownFiring() {
        return isFiring() && delivery.returns() == 0 && tools.recorder().isKnown(envelope.execution());
    }

    private void endFiring() {
        if (begun) {
            run.endFiring(envelope.execution());
        }
    }

    /** What a sailor would not have has waited for the frame that says why, and that has come. */
    private boolean isExplainedRejection() {
        return Hearing.isRejection(delivery) && tools.recorder().hasError(envelope.execution(), envelope.messageId());
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
        switch (arrival.step().work()) {
            case PlannedWork.Here(var step, var usesSnapshot) -> {
                var work = new StepWork(arrival, shown, tools.clock().millis());
                attempt(work, () -> step.work(input(arrival, usesSnapshot)).forEach(outcome -> take(work, outcome)));
            }
            case PlannedWork.Sailor sailor -> give(arrival.again(tools.ids().nextHex32()), sailor);
        }
    }

    private void attempt(StepWork work, Runnable doing) {
        var begun = System.nanoTime();
        try {
            doing.run();
        } catch (StepUnavailable | TopologyException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            failed(work, Failure.of(e));
        }
        var step = work.arrival().step();
        tools.metrics().step(step.component(), step.method(), work.status().name(), System.nanoTime() - begun);
        record.add(work.records(tools.clock().millis()));
    }

    /** A retry of an edge's fault: the edge decides anew what becomes of its source's message. */
    private void crossAgain(Arrival arrival, String edge) {
        var routed = tools.router().again(plan, arrival, edge);
        if (routed.isEmpty()) {
            var closed = new StepWork(arrival, shown, tools.clock().millis());
            record.add(closed.records(tools.clock().millis()));
            return;
        }
        switch (routed.get()) {
            case Routed.Taken(var over) -> next.add(over);
            case Routed.Fault(var before, var failure) -> fail(before, failure);
        }
    }

    private StepInput input(Arrival arrival, boolean usesSnapshot) {
        var from = arrival.envelope();
        var snapshot = usesSnapshot
                ? tools.snapshots().find(plan.flow().id(), arrival.step().id())
                : null;
        return new StepInput(
                from.execution(),
                from.effectKey(),
                arrival.message(),
                from.retries() + 1,
                snapshot,
                from.replyTo(),
                budget(arrival.step()));
    }

    /** Each kind of outcome, and what it means. */
    void take(StepWork work, Outcome outcome) {
        switch (outcome) {
            case Outcome.Data(var message) -> emit(work, message);
            case Outcome.Failed(var name, var message, var stack) -> failed(work, new Failure(name, message, stack));
            case Outcome.Rebound rebound -> rebound(work, rebound);
            case Outcome.Reply reply -> reply(work, reply);
            case Outcome.Log(var level, var message) -> log(work.arrival(), level, message);
            case Outcome.Snapshot(var value, var merge) ->
                round.remember(tools.snapshots()
                        .remember(plan.flow().id(), work.arrival().step().id(), value, merge));
        }
    }

    // ---- data

    private void emit(StepWork work, StepMessage message) {
        var from = work.arrival();
        time(from.step()).check();
        budget(from.step()).measure(message.body());
        var emit = work.emit(message);
        var leaving = tools.router().leaving(from, message);
        for (var routed : tools.router().route(plan, from, leaving, emit)) {
            if (routed instanceof Routed.Taken(var arrival)) {
                claim(arrival);
            }
            work.child(routed.arrival().key());
            switch (routed) {
                case Routed.Taken(var arrival) -> forward(arrival);
                case Routed.Fault(var arrival, var failure) -> fail(arrival, failure);
            }
        }
    }

    /** Room in what the delivery may come to; none is an error of the step that makes the message. */
    private void claim(Arrival arrival) {
        if (isDoneHere(arrival.step())) {
            budget(arrival.step()).add(arrival.message());
        } else {
            budget(arrival.step()).publish(arrival.message());
        }
    }

    private HopBudget budget(PlannedStep step) {
        return step.behindHandler() ? handlersBudget : budget;
    }

    private HopTime time(PlannedStep step) {
        return step.behindHandler() ? handlersTime : time;
    }

    private static boolean isDoneHere(PlannedStep step) {
        return step.work() instanceof PlannedWork.Here && !step.head();
    }

    /** To the step's queue when it has one of its own, or to its sailor's; else it is done here, next. */
    private void forward(Arrival arrival) {
        if (arrival.step().work() instanceof PlannedWork.Sailor sailor) {
            give(arrival, sailor);
        } else if (arrival.step().head()) {
            var headers = arrival.envelope().headers(plan.headers());
            send(arrival, arrival.step().queue(), headers, () -> tools.codec().encode(arrival.message()));
        } else {
            next.add(arrival);
        }
    }

    /** False when it can not be written, which is an error then. */
    private boolean send(Arrival arrival, String queue, Map<String, Object> headers, Supplier<byte[]> body) {
        FlowFrame frame;
        try {
            frame = FlowFrame.to(queue, headers, body.get());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            fail(arrival, Failure.of(e));
            return false;
        }
        round.publish(frame, attempts -> unroutable(arrival, attempts));
        return true;
    }

    /** The queue is gone. With its run: so is the message. Otherwise it may come back, or was deleted by someone else. */
    private boolean unroutable(Arrival arrival, int attempts) {
        if (run.hasEnded()) {
            return true;
        }
        if (attempts < 6) {
            return false;
        }
        round.extend();
        Thread.startVirtualThread(() -> failLate(arrival));
        return true;
    }

    /** Until it can be done: the round waits for it. */
    private void failLate(Arrival arrival) {
        try {
            var late = new Hop(tools, run, delivery, round);
            late.fail(arrival, Failure.unroutable());
            late.goOn();
        } catch (RuntimeException | Error e) {
            // Whatever it is: the delivery is not acknowledged before.
            Later.in(1000, () -> failLate(arrival));
        }
    }

    // ---- failures

    /** An error that belongs to a message which was not worked on. */
    void fail(Arrival arrival, Failure failure) {
        var work = new StepWork(arrival, shown, tools.clock().millis());
        failed(work, failure);
        record.add(work.records(tools.clock().millis()));
    }

    /** An error record, a line in the log, and whoever else must hear of it. */
    void failed(StepWork work, Failure failure) {
        var arrival = work.arrival();
        var now = tools.clock().millis();
        var which = work.fail();
        tools.metrics().error();
        record.log().add(arrival, LogLevel.ERROR, failure.message(), now);
        var told = faults.forHandler(arrival, failure, which);
        told.ifPresent(this::forward);
        work.fail(
                faults.record(arrival, failure, which, now),
                told.stream().map(Arrival::key).toList());
        tellCaller(arrival, failure);
    }

    /** An error answers the waiting caller, unless the handler may do so (api-v2 11.6). */
    private void tellCaller(Arrival arrival, Failure failure) {
        var replyTo = arrival.envelope().replyTo();
        if (replyTo != null && !plan.answersErrors()) {
            var told = failure.forStrangers(arrival.step().id());
            record.answered();
            round.publish(
                    tools.replies().error(replyTo, arrival.envelope().execution(), told), _ -> nobodyWaits(arrival));
        }
    }

    // ---- sailors

    /** To the queue that the step's own process takes from; what comes of it, its frames will tell. */
    private void give(Arrival arrival, PlannedWork.Sailor sailor) {
        var work = new StepWork(arrival, shown, tools.clock().millis());
        var headers = arrival.envelope().sailorHeaders(plan.headers(), flowId(), tools.seal());
        var handles = plan.errorHandler().filter(arrival.step()::equals).isPresent();
        if (send(
                arrival,
                sailor.queue(),
                headers,
                () -> handles
                        ? HandlerMessage.frame(arrival.message(), tools.codec())
                        : tools.codec().encode(arrival.message()))) {
            record.add(List.of(work.given()));
        }
    }

    /** One outcome of a sailor's work, by the frame that tells of it. */
    void heard(String frame, Arrival arrival, long begun, Consumer<StepWork> outcome) {
        var work = StepWork.toldBy(frame, arrival, shown, begun);
        attempt(work, () -> outcome.accept(work));
    }

    /** A message that a sailor has sent to nobody. */
    void stray() {
        hearing().stray();
        goOn();
    }

    private Hearing hearing() {
        return new Hearing(this, tools, run, delivery, round, envelope);
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
        round.publish(
                frame,
                new NoWaitingQueue(
                        tools.rebounds(),
                        plan.flow().tenantId(),
                        again.rebounds(),
                        rebound.delay(),
                        attempts -> unroutable(arrival, attempts)));
    }

    private void reply(StepWork work, Outcome.Reply reply) {
        var arrival = work.arrival();
        var replyTo = arrival.envelope().replyTo();
        work.answer();
        if (replyTo == null) {
            log(arrival, LogLevel.INFO, "No caller is waiting for the reply.");
            return;
        }
        record.answered();
        tools.replies().withheld(reply).ifPresent(why -> log(arrival, LogLevel.WARN, why));
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
        round.join(tools.recorder().record(record.of(List.of(), line)));
        return true;
    }

    void log(Arrival arrival, int level, String message) {
        record.log().add(arrival, level, message, tools.clock().millis());
    }
}
