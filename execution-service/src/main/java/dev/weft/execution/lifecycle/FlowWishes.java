package dev.weft.execution.lifecycle;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.schedule.FlowClock;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Hears wishes (start, stop, suspend, ..): each is stored in the flow's document by one conditional update that also
 * stores its number, so a repeated or late command changes nothing; then it is carried out. A stored wish is not lost:
 * {@link FlowSweeper} returns to it if it can not be carried out now.
 */
@Service
class FlowWishes {

    private final Deployments deployments;
    /** Has what a flow's document wishes carried out. */
    private final Consumer<String> carrier;

    private final Definitions definitions;
    private final DeploymentFacts facts;
    private final FlowClock flowClock;
    private final Clock clock;

    /** Who hands a wish over waits until it is recorded, and no longer: what it takes may need a minute. */
    @Autowired
    FlowWishes(
            Deployments deployments,
            FlowCarrier carrier,
            Definitions definitions,
            DeploymentFacts facts,
            FlowClock flowClock,
            Clock clock) {
        this(deployments, carrier::carryOut, definitions, facts, flowClock, clock);
    }

    FlowWishes(
            Deployments deployments,
            Consumer<String> carrier,
            Definitions definitions,
            DeploymentFacts facts,
            FlowClock flowClock,
            Clock clock) {
        this.deployments = deployments;
        this.carrier = carrier;
        this.definitions = definitions;
        this.facts = facts;
        this.flowClock = flowClock;
        this.clock = clock;
    }

    /** The version it carries is to run, whatever the flow does now and whichever older command is still on its way. */
    void start(DomainEvent command) {
        apply(command, deployment -> running(deployment, command).startedBy(command.version()));
    }

    private Deployment running(Deployment deployment, DomainEvent command) {
        if (deployment.inForce().isEmpty()) {
            return begun(deployment, command);
        }
        var current = deployment.current();
        var followed = followed(current, command);
        return switch (deployment.state()) {
            case ACTIVE, UPDATING ->
                followed.equals(current)
                        ? deployment
                        : deployment.with(followed).to(State.UPDATING, clock.instant());
            case STARTING -> followed.equals(current) ? deployment : startingAnother(deployment, followed, command);
            // A suspended flow continues with its queues; a version made meanwhile replaces it as soon as it runs.
            case SUSPENDED, SUSPENDING -> deployment.with(followed).to(State.STARTING, clock.instant());
            default -> begun(deployment, command);
        };
    }

    /** What a stop has not come to yet is left to the sweeper. */
    private Deployment begun(Deployment deployment, DomainEvent command) {
        return deployment.givingUpRuns().alsoInForce(newRun(command)).to(State.STARTING, clock.instant());
    }

    /**
     * It goes on with what it has, and the other version follows. The time of its start goes on too: a run whose queues
     * were declared before the start is taken for one that was suspended, and is never given up.
     */
    private Deployment startingAnother(Deployment deployment, DeploymentRun followed, DomainEvent command) {
        if (!followed.queues().isEmpty()) {
            return deployment.with(followed);
        }
        var now = clock.instant();
        return deployment.inForce(newRun(command), deployment.inForce(), now).to(State.STARTING, now);
    }

    /** The run with the version of a start to follow it, unless it has that version or will have it. */
    private DeploymentRun followed(DeploymentRun current, DomainEvent command) {
        var wished = definitions.read(command.payload()).version().id();
        if (wished.equals(definitions.read(current.definition()).version().id())) {
            return current.followedBy(null);
        }
        var next = current.next();
        return next != null && wished.equals(definitions.read(next).version().id())
                ? current
                : current.followedBy(definitions.write(command.payload()));
    }

    /**
     * Of a flow that runs. One that does not, because its start is still on its way, is started by this: the start comes
     * later and is dropped for its older number.
     */
    void update(DomainEvent command) {
        apply(command, deployment -> switch (deployment.state()) {
            case ACTIVE, UPDATING ->
                deployment.with(updated(deployment, command)).to(State.UPDATING, clock.instant());
            case STARTING -> startingAnother(deployment, updated(deployment, command), command);
            default ->
                hasOvertakenItsStart(deployment, command)
                        ? running(deployment, command).startedBy(startOf(command))
                        : deployment;
        });
    }

    private DeploymentRun updated(Deployment deployment, DomainEvent command) {
        return deployment.current().followedBy(definitions.write(command.payload()));
    }

    /**
     * Whether the wish by which the flow is to run has not been heard here. A start that was heard and came to nothing is
     * over: flow-service hears of that. Older releases of it do not say which wish that is.
     */
    private static boolean hasOvertakenItsStart(Deployment deployment, DomainEvent command) {
        return startOf(command) > deployment.wish();
    }

    /** The wish by which the flow is to run; 0 when the command does not say. */
    private static long startOf(DomainEvent command) {
        return command.payload().get("flow") instanceof Map<?, ?> flow && flow.get("start_wish") instanceof Number start
                ? start.longValue()
                : 0;
    }

    void stop(DomainEvent command) {
        apply(command, deployment -> switch (deployment.state()) {
            // The state is not set anew for a repeated stop: the time in which processes hand back their messages must
            // go on.
            case INACTIVE, STOPPING -> deployment;
            default -> deployment.to(State.STOPPING, clock.instant()).due(null);
        });
    }

    void suspend(DomainEvent command) {
        apply(command, deployment -> switch (deployment.state()) {
            case ACTIVE, UPDATING, STARTING ->
                deployment.to(State.SUSPENDING, clock.instant()).due(null);
            case SUSPENDING, SUSPENDED -> deployment;
            // A suspend that overtook its start: the flow is suspended with nothing to keep, and the next start begins
            // anew.
            default ->
                hasOvertakenItsStart(deployment, command)
                        ? deployment.givingUpRuns().to(State.SUSPENDING, clock.instant())
                        : deployment;
        });
    }

    void delete(DomainEvent command) {
        apply(
                command,
                deployment -> deployment.to(State.DELETING, clock.instant()).due(null));
    }

    /** Its workspace is deleted: it ends, whatever was wished for last, and without a command of its own. */
    void end(String flowId) {
        while (true) {
            var deployment = deployments.find(flowId).orElse(null);
            if (deployment == null || deployment.state().isLast()) {
                break;
            }
            var ended = deployment.to(State.DELETING, clock.instant()).due(null);
            if (deployments.save(ended.announcing(told(deployment, ended)))) {
                break;
            }
        }
        carrier.accept(flowId);
    }

    /**
     * Fires a polling flow now; the wish's number makes a repetition the same firing. Nothing after a newer wish that has
     * ended the flow, also when it has been started again since.
     *
     * @throws IllegalStateException when the flow is not open yet: the command is to come again
     */
    void runNow(DomainEvent command) {
        var deployment = deployments.find(command.subjectId()).orElseGet(() -> fresh(command));
        if (deployment.started() > command.version()) {
            return;
        }
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
                if (!deployments.saveAndTell(deployment.announcing(facts.doorChanged(deployment)))) {
                    // Throwing makes the broker deliver the fact again: gateways must be told to ask for the door
                    // again, even if somebody else has changed the flow meanwhile.
                    throw new IllegalStateException("Flow " + flow + " changed meanwhile.");
                }
            });
        }
    }

    private DeploymentRun newRun(DomainEvent command) {
        // The run id is made of flow and wish, so a redelivered command starts the same run.
        var id = Ids.sha256("run:" + command.subjectId() + ":" + command.version())
                .substring(0, 32);
        return DeploymentRun.fresh(id, command.subjectId(), definitions.write(command.payload()), clock.instant());
    }

    private void apply(DomainEvent command, Function<Deployment, Deployment> wish) {
        while (true) {
            var deployment = deployments.find(command.subjectId()).orElseGet(() -> fresh(command));
            if (deployment.wish() >= command.version() || deployment.state().isLast()) {
                // The command is repeated, perhaps since our answer was lost: announce the state again, as it is then.
                // One
                // that ends without a command has not heard the number of its deletion, and answers under that.
                var heard = deployment.heard(Math.max(deployment.wish(), command.version()));
                if (deployments.save(heard.announcing(facts.stateChanged(heard)))) {
                    break;
                }
                continue;
            }
            // The number is stored even if the wish changes nothing, since older commands are recognized by it.
            var wished = wish.apply(deployment).heard(command.version());
            if (deployments.save(wished.announcing(told(deployment, wished)))) {
                break;
            }
        }
        // Also for a repeated command: its wish may not have been carried out yet.
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
        var owner = new Owner(
                command.subjectId(),
                orEmpty(command.tenantId()),
                orEmpty(command.contractId()),
                orEmpty(command.workspaceId()));
        return Deployment.fresh(owner, clock.instant());
    }

    private static String orEmpty(@Nullable String text) {
        return Optional.ofNullable(text).orElse("");
    }
}
