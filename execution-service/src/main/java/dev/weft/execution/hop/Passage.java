package dev.weft.execution.hop;

import dev.weft.execution.budget.HopBudget;
import dev.weft.execution.budget.HopTime;
import dev.weft.execution.budget.LargeDeliveries.Place;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.record.ShownMessages;
import dev.weft.execution.routing.Arrival;
import dev.weft.execution.settling.ConfirmRound;
import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The state of one delivery while it is worked on, shared by {@link Hop} and the classes that it calls: run and
 * headers, the record so far, the messages that are still to be worked on here, and the limits of size and time.
 */
final class Passage implements Expressions.Work, AutoCloseable {

    /**
     * The error handler may begin its steps until 5 s after the time of all other steps is over. That is shorter than
     * the patience of whoever closes a run (10 s).
     */
    private static final Duration HANDLERS_TIME = Duration.ofSeconds(5);

    /** As many steps as an execution keeps; to write the messages of all the others would be for nothing. */
    private static final int MOST_LEFT_SHOWN = 1000;

    private final HopTools tools;
    private final WorkedRun run;
    private final Plan plan;
    private final Delivery delivery;
    private final ConfirmRound round;
    private final MessageEnvelope envelope;
    private final HopRecord record;
    private final @Nullable ShownMessages shown;
    /** Messages that are still to be worked on in this hop. */
    private final ArrayDeque<Arrival> next = new ArrayDeque<>();

    private final HopBudget budget;
    private final HopTime time;
    /**
     * The error handler has a budget of its own, for when the other steps have used up theirs; made at the first error.
     */
    private @Nullable HopBudget handlersBudget;

    private @Nullable HopTime handlersTime;
    /** The time of the step whose turn it is; its budget is {@code currentBudget}. */
    private HopTime current;

    private HopBudget currentBudget;
    private int left;

    Passage(
            HopTools tools,
            WorkedRun run,
            Delivery delivery,
            ConfirmRound round,
            MessageEnvelope envelope,
            HopRecord record) {
        this.tools = tools;
        this.run = run;
        this.plan = run.plan();
        this.delivery = delivery;
        this.round = round;
        this.envelope = envelope;
        this.record = record;
        this.shown = plan.flow().statsEnabled() ? new ShownMessages(tools.codec()) : null;
        this.budget = new HopBudget(tools.limits(), this::roomForMuch);
        this.time = new HopTime(plan.begins(delivery.queue()));
        this.current = time;
        this.currentBudget = budget;
    }

    HopTools tools() {
        return tools;
    }

    WorkedRun run() {
        return run;
    }

    Plan plan() {
        return plan;
    }

    Delivery delivery() {
        return delivery;
    }

    ConfirmRound round() {
        return round;
    }

    MessageEnvelope envelope() {
        return envelope;
    }

    HopRecord record() {
        return record;
    }

    ArrayDeque<Arrival> next() {
        return next;
    }

    long now() {
        return tools.clock().millis();
    }

    /** A step begins with a message. */
    StepWork begin(Arrival arrival) {
        return new StepWork(arrival, shown, now());
    }

    /** A step does not begin with a message any more. There may be tens of thousands; an execution keeps few of them. */
    StepWork leave(Arrival arrival) {
        return new StepWork(arrival, left++ < MOST_LEFT_SHOWN ? shown : null, now());
    }

    /** A sailor tells, by the frame of that name, what it did with a message. */
    StepWork toldBy(String frame, Arrival arrival, long begun) {
        return StepWork.toldBy(frame, arrival, shown, begun);
    }

    /** A line in the flow's log. */
    void log(Arrival arrival, int level, String message) {
        record.log().add(arrival, level, message, now());
    }

    /** What may be made for a step, and by it. */
    HopBudget budget(PlannedStep step) {
        if (!step.behindHandler()) {
            return budget;
        }
        if (handlersBudget == null) {
            handlersBudget = new HopBudget(tools.limits(), this::roomForMuch);
        }
        return handlersBudget;
    }

    /** How long a step's work may be begun. */
    HopTime time(PlannedStep step) {
        if (!step.behindHandler()) {
            return time;
        }
        if (handlersTime == null) {
            handlersTime = time.longerBy(HANDLERS_TIME);
        }
        return handlersTime;
    }

    /** From now on it is this step's turn. */
    void turnOf(PlannedStep step) {
        current = time(step);
        currentBudget = budget(step);
        currentBudget.forgetMade();
    }

    private Place roomForMuch() {
        return tools.large()
                .enterGrown(plan.flow().tenantId())
                .orElseThrow(() -> new StepUnavailable("Others come to too much at the moment."));
    }

    @Override
    public String flowId() {
        return plan.flow().id();
    }

    @Override
    public void requireTime() {
        current.check();
    }

    @Override
    public void make(long bytes) {
        currentBudget.make(bytes);
    }

    /** Gives back what its steps have kept, and its room. */
    @Override
    public void close() {
        budget.close();
        if (handlersBudget != null) {
            handlersBudget.close();
        }
    }
}
