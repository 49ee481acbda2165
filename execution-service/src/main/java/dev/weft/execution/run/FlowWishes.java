package dev.weft.execution.run;

import dev.weft.common.id.Ids;
import dev.weft.common.messaging.DomainEvent;
import dev.weft.common.messaging.OutboxRelay;
import dev.weft.common.messaging.Outgoing;
import dev.weft.execution.run.FlowRun.State;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Takes wishes: each is recorded in the flow's document by one conditional update that also remembers its number, so
 * that a repeated or late command changes nothing; then it is carried out. What is recorded is not lost: whatever keeps
 * it from being carried out now, {@link FlowSweeper} comes back to it.
 */
@Service
class FlowWishes {

    private final FlowRuns runs;
    /** Has what a flow's document wishes carried out. */
    private final Consumer<String> carrier;

    private final Definitions definitions;
    private final FlowStateFacts facts;
    private final OutboxRelay relay;
    private final FlowClock flowClock;
    private final Clock clock;

    /** Who hands a wish over waits until it is recorded, and no longer: what it takes may need a minute. */
    @Autowired
    FlowWishes(
            FlowRuns runs,
            FlowCarrier carrier,
            Definitions definitions,
            FlowStateFacts facts,
            OutboxRelay relay,
            FlowClock flowClock,
            Clock clock) {
        this(runs, carrier::carryOut, definitions, facts, relay, flowClock, clock);
    }

    FlowWishes(
            FlowRuns runs,
            Consumer<String> carrier,
            Definitions definitions,
            FlowStateFacts facts,
            OutboxRelay relay,
            FlowClock flowClock,
            Clock clock) {
        this.runs = runs;
        this.carrier = carrier;
        this.definitions = definitions;
        this.facts = facts;
        this.relay = relay;
        this.flowClock = flowClock;
        this.clock = clock;
    }

    void start(DomainEvent command) {
        apply(command, run -> switch (run.state()) {
            case ACTIVE, UPDATING -> run.to(run.state(), run.current(), command.version(), run.since());
            case SUSPENDED, SUSPENDING ->
                run.to(State.STARTING, resumed(run, command), command.version(), clock.instant());
            // What a stop has not come to yet is left to the sweeper.
            default -> run.givingUpRuns().to(State.STARTING, newRun(command), command.version(), clock.instant());
        });
    }

    /** A suspended flow goes on with its queues; a version made meanwhile follows as soon as it runs. */
    private RunSpec resumed(FlowRun run, DomainEvent command) {
        var current = Objects.requireNonNull(run.current());
        var wished = definitions.read(command.payload()).version().id();
        var held = definitions.read(current.definition()).version().id();
        return wished.equals(held) ? current : current.followedBy(definitions.write(command.payload()));
    }

    void update(DomainEvent command) {
        apply(command, run -> {
            var current = run.current();
            return switch (run.state()) {
                case ACTIVE, UPDATING ->
                    run.to(
                            State.UPDATING,
                            Objects.requireNonNull(current).followedBy(definitions.write(command.payload())),
                            command.version(),
                            clock.instant());
                case STARTING ->
                    run.to(
                            State.STARTING,
                            current == null || !current.queues().isEmpty()
                                    ? Objects.requireNonNull(current).followedBy(definitions.write(command.payload()))
                                    : newRun(command),
                            command.version(),
                            clock.instant());
                default -> run.to(run.state(), current, command.version(), run.since());
            };
        });
    }

    void stop(DomainEvent command) {
        apply(command, run -> switch (run.state()) {
            case INACTIVE -> run.to(State.INACTIVE, null, command.version(), run.since());
            // Again: the time that processes have to hand back what they took goes on.
            case STOPPING -> run.to(State.STOPPING, run.current(), command.version(), run.since());
            default ->
                run.to(State.STOPPING, run.current(), command.version(), clock.instant())
                        .due(null);
        });
    }

    void suspend(DomainEvent command) {
        apply(
                command,
                run -> run.state().isOpen() || run.state() == State.STARTING
                        ? run.to(State.SUSPENDING, run.current(), command.version(), clock.instant())
                                .due(null)
                        : run.to(run.state(), run.current(), command.version(), run.since()));
    }

    void delete(DomainEvent command) {
        apply(
                command,
                run -> run.to(State.DELETING, run.current(), command.version(), clock.instant())
                        .due(null));
    }

    /**
     * Fires a polling flow now; the wish's number makes a repetition the same firing. Nothing after a newer wish, which
     * has ended the flow.
     *
     * @throws IllegalStateException when the flow is not open yet: the command is to come again
     */
    void runNow(DomainEvent command) {
        var run = runs.find(command.subjectId()).orElseGet(() -> fresh(command));
        if (run.state().isOpen()) {
            flowClock.fireNow(run, command.version());
        } else if (run.wish() < command.version()) {
            throw new IllegalStateException(
                    "Flow " + command.subjectId() + " can not be run now: it is " + run.state());
        }
    }

    void credentialChanged(String credentialId) {
        for (var flow : runs.using(credentialId)) {
            runs.find(flow).ifPresent(run -> {
                if (runs.save(run.announcing(facts.doorChanged(run)))) {
                    relay.relayAndWait(FlowRuns.COLLECTION, flow);
                } else {
                    throw new IllegalStateException("Flow " + flow + " changed meanwhile.");
                }
            });
        }
    }

    private RunSpec newRun(DomainEvent command) {
        // Of flow and wish: a command that comes again starts the same run.
        var id = Ids.sha256("run:" + command.subjectId() + ":" + command.version())
                .substring(0, 32);
        return RunSpec.fresh(id, definitions.write(command.payload()), clock.instant());
    }

    private void apply(DomainEvent command, Function<FlowRun, FlowRun> wish) {
        while (true) {
            var run = runs.find(command.subjectId()).orElseGet(() -> fresh(command));
            if (run.wish() >= command.version() || run.state().isLast()) {
                // Asked again, perhaps since the answer was lost. Whoever changes it meanwhile answers.
                if (runs.save(run.announcing(facts.stateChanged(run)))) {
                    relay.relay(FlowRuns.COLLECTION, command.subjectId());
                }
                break;
            }
            var wished = wish.apply(run);
            if (runs.save(wished.announcing(told(run, wished)))) {
                relay.relay(FlowRuns.COLLECTION, command.subjectId());
                break;
            }
        }
        carrier.accept(command.subjectId());
    }

    /**
     * Replicas and doors hear with the wish of what it changes for them: the end of a flow waits until all have let go, a
     * start until somebody takes. Gateways may remember that there is no such flow, and hear that it begins.
     */
    private Outgoing[] told(FlowRun run, FlowRun wished) {
        return wished.consumed().equals(run.consumed())
                ? new Outgoing[] {facts.doorChanged(wished), facts.stateChanged(wished)}
                : new Outgoing[] {facts.runChanged(wished), facts.doorChanged(wished), facts.stateChanged(wished)};
    }

    private FlowRun fresh(DomainEvent command) {
        return FlowRun.fresh(
                command.subjectId(),
                orEmpty(command.tenantId()),
                orEmpty(command.contractId()),
                orEmpty(command.workspaceId()),
                clock.instant());
    }

    private static String orEmpty(@Nullable String text) {
        return Optional.ofNullable(text).orElse("");
    }
}
