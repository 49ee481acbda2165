package dev.weft.execution.lifecycle;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.OutboxRelay;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.schedule.FlowClock;
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

    private final Deployments deployments;
    /** Has what a flow's document wishes carried out. */
    private final Consumer<String> carrier;

    private final Definitions definitions;
    private final DeploymentFacts facts;
    private final OutboxRelay relay;
    private final FlowClock flowClock;
    private final Clock clock;

    /** Who hands a wish over waits until it is recorded, and no longer: what it takes may need a minute. */
    @Autowired
    FlowWishes(
            Deployments deployments,
            FlowCarrier carrier,
            Definitions definitions,
            DeploymentFacts facts,
            OutboxRelay relay,
            FlowClock flowClock,
            Clock clock) {
        this(deployments, carrier::carryOut, definitions, facts, relay, flowClock, clock);
    }

    FlowWishes(
            Deployments deployments,
            Consumer<String> carrier,
            Definitions definitions,
            DeploymentFacts facts,
            OutboxRelay relay,
            FlowClock flowClock,
            Clock clock) {
        this.deployments = deployments;
        this.carrier = carrier;
        this.definitions = definitions;
        this.facts = facts;
        this.relay = relay;
        this.flowClock = flowClock;
        this.clock = clock;
    }

    void start(DomainEvent command) {
        apply(command, deployment -> switch (deployment.state()) {
            // It runs already. The number is noted all the same, since a command that is older is known by it.
            case ACTIVE, UPDATING ->
                deployment.to(deployment.state(), deployment.current(), command.version(), deployment.since());
            case SUSPENDED, SUSPENDING ->
                deployment.to(State.STARTING, resumed(deployment, command), command.version(), clock.instant());
            // What a stop has not come to yet is left to the sweeper.
            default ->
                deployment.givingUpRuns().to(State.STARTING, newRun(command), command.version(), clock.instant());
        });
    }

    /** A suspended flow goes on with its queues; a version made meanwhile follows as soon as it runs. */
    private DeploymentRun resumed(Deployment deployment, DomainEvent command) {
        var current = Objects.requireNonNull(deployment.current());
        var wished = definitions.read(command.payload()).version().id();
        var held = definitions.read(current.definition()).version().id();
        return wished.equals(held) ? current : current.followedBy(definitions.write(command.payload()));
    }

    void update(DomainEvent command) {
        apply(command, deployment -> {
            var current = deployment.current();
            return switch (deployment.state()) {
                case ACTIVE, UPDATING ->
                    deployment.to(
                            State.UPDATING,
                            Objects.requireNonNull(current).followedBy(definitions.write(command.payload())),
                            command.version(),
                            clock.instant());
                case STARTING ->
                    deployment.to(
                            State.STARTING,
                            current == null || !current.queues().isEmpty()
                                    ? Objects.requireNonNull(current).followedBy(definitions.write(command.payload()))
                                    : newRun(command),
                            command.version(),
                            clock.instant());
                default -> deployment.to(deployment.state(), current, command.version(), deployment.since());
            };
        });
    }

    void stop(DomainEvent command) {
        apply(command, deployment -> switch (deployment.state()) {
            case INACTIVE -> deployment.to(State.INACTIVE, null, command.version(), deployment.since());
            // Again: the time that processes have to hand back what they took goes on.
            case STOPPING -> deployment.to(State.STOPPING, deployment.current(), command.version(), deployment.since());
            default ->
                deployment
                        .to(State.STOPPING, deployment.current(), command.version(), clock.instant())
                        .due(null);
        });
    }

    void suspend(DomainEvent command) {
        apply(
                command,
                deployment -> deployment.state().isOpen() || deployment.state() == State.STARTING
                        ? deployment
                                .to(State.SUSPENDING, deployment.current(), command.version(), clock.instant())
                                .due(null)
                        : deployment.to(
                                deployment.state(), deployment.current(), command.version(), deployment.since()));
    }

    void delete(DomainEvent command) {
        apply(
                command,
                deployment -> deployment
                        .to(State.DELETING, deployment.current(), command.version(), clock.instant())
                        .due(null));
    }

    /**
     * Fires a polling flow now; the wish's number makes a repetition the same firing. Nothing after a newer wish, which
     * has ended the flow.
     *
     * @throws IllegalStateException when the flow is not open yet: the command is to come again
     */
    void runNow(DomainEvent command) {
        var deployment = deployments.find(command.subjectId()).orElseGet(() -> fresh(command));
        if (deployment.state().isOpen()) {
            flowClock.fireNow(deployment, command.version());
        } else if (deployment.wish() < command.version()) {
            throw new IllegalStateException(
                    "Flow " + command.subjectId() + " can not be run now: it is " + deployment.state());
        }
    }

    void credentialChanged(String credentialId) {
        for (var flow : deployments.using(credentialId)) {
            deployments.find(flow).ifPresent(deployment -> {
                if (deployments.save(deployment.announcing(facts.doorChanged(deployment)))) {
                    relay.relayAndWait(Deployments.COLLECTION, flow);
                } else {
                    // The fact comes again for this: the door has to be asked anew, whoever has changed the flow.
                    throw new IllegalStateException("Flow " + flow + " changed meanwhile.");
                }
            });
        }
    }

    private DeploymentRun newRun(DomainEvent command) {
        // Of flow and wish: a command that comes again starts the same run.
        var id = Ids.sha256("run:" + command.subjectId() + ":" + command.version())
                .substring(0, 32);
        return DeploymentRun.fresh(id, definitions.write(command.payload()), clock.instant());
    }

    private void apply(DomainEvent command, Function<Deployment, Deployment> wish) {
        while (true) {
            var deployment = deployments.find(command.subjectId()).orElseGet(() -> fresh(command));
            if (deployment.wish() >= command.version() || deployment.state().isLast()) {
                // Asked again, perhaps since the answer was lost. Whoever changes it meanwhile answers.
                if (deployments.save(deployment.announcing(facts.stateChanged(deployment)))) {
                    relay.relay(Deployments.COLLECTION, command.subjectId());
                }
                break;
            }
            var wished = wish.apply(deployment);
            if (deployments.save(wished.announcing(told(deployment, wished)))) {
                relay.relay(Deployments.COLLECTION, command.subjectId());
                break;
            }
        }
        // A command that is repeated may be one whose wish nobody has carried out yet.
        carrier.accept(command.subjectId());
    }

    /**
     * Replicas and doors hear with the wish of what it changes for them: the end of a flow waits until all have let go, a
     * start until somebody takes. Gateways may remember that there is no such flow, and hear that it begins.
     */
    private Outgoing[] told(Deployment deployment, Deployment wished) {
        return wished.consumed().equals(deployment.consumed())
                ? new Outgoing[] {facts.doorChanged(wished), facts.stateChanged(wished)}
                : new Outgoing[] {facts.runChanged(wished), facts.doorChanged(wished), facts.stateChanged(wished)};
    }

    private Deployment fresh(DomainEvent command) {
        return Deployment.fresh(
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
