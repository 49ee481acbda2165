package dev.weft.execution.deployment;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in force for one owner, which so far is always a flow: the last wish that was heard, how far it is carried out,
 * and every run of which there may be a queue. It is one document, so that every change is atomic: a run that is not named
 * here has no queues, and one that is named as in force loses none.
 *
 * <p>An owner has one run in force. Where several versions of a flow are to be in force at once, each has an owner and a
 * deployment of its own: queues are named after the run, so they do not meet. {@code flowId} is the document's id and the
 * flow's at the same time as long as flows are the only owners.
 *
 * @param wish       number of the last command applied; older ones are dropped
 * @param current    the run in force, or being started; null while inactive
 * @param coming     the run that is to follow the one in force, while its queues are being made ready
 * @param draining   runs that take no new messages but end what is queued, and those that were given up, while the
 *                   broker may have queues of them
 * @param stragglers runs that were ended while messages were in work, which may still write records
 * @param due        next firing by time; null for flows that are not polling or not active
 * @param since      when the state began
 */
public record Deployment(
        String flowId,
        String tenantId,
        String contractId,
        String workspaceId,
        long wish,
        State state,
        @Nullable DeploymentRun current,
        @Nullable DeploymentRun coming,
        List<DeploymentRun> draining,
        List<Straggler> stragglers,
        @Nullable Instant due,
        Instant since,
        long revision,
        List<Outgoing> outbox) {

    /** How far the last wish is carried out. */
    public enum State {
        INACTIVE,
        STARTING,
        ACTIVE,
        /** Active, while a newer version is being put in force. */
        UPDATING,
        STOPPING,
        SUSPENDING,
        SUSPENDED,
        DELETING,
        /** Nothing is left but this: so that a start which its deletion has overtaken starts nothing. */
        DELETED;

        /** Whether new messages are taken. */
        public boolean isOpen() {
            return this == ACTIVE || this == UPDATING;
        }

        /** Whether messages are taken, or kept until they are. */
        boolean isLasting() {
            return isOpen() || this == STARTING || this == SUSPENDING || this == SUSPENDED;
        }

        /** Whether something remains to be carried out. */
        public boolean isPending() {
            return this == STARTING || this == UPDATING || this == STOPPING || this == SUSPENDING || this == DELETING;
        }

        /** Whether no wish brings it back. */
        public boolean isLast() {
            return this == DELETING || this == DELETED;
        }

        /** The word of the API's {@code current_status}. */
        String wire() {
            return switch (this) {
                case UPDATING -> "active";
                case DELETING, DELETED -> "stopping";
                default -> name().toLowerCase(java.util.Locale.ROOT);
            };
        }
    }

    /** What becomes of a run. */
    public enum Fate {
        /** Its queues are taken from. */
        SERVED,
        /** It seems to have nothing left: nobody takes from its queues, which go unless something is found in them. */
        ENDING,
        /** Nobody takes from its queues; those that were declared go with what is in them. */
        GIVEN_UP
    }

    /** @param until when nothing of it can be in work any more */
    public record Straggler(String run, Instant until) {}

    public static Deployment fresh(String flowId, String tenantId, String contractId, String workspaceId, Instant now) {
        return new Deployment(
                flowId,
                tenantId,
                contractId,
                workspaceId,
                0,
                State.INACTIVE,
                null,
                null,
                List.of(),
                List.of(),
                null,
                now,
                0,
                List.of());
    }

    public Deployment to(State next, @Nullable DeploymentRun run, long newWish, Instant now) {
        return new Deployment(
                flowId,
                tenantId,
                contractId,
                workspaceId,
                newWish,
                next,
                run,
                coming,
                draining,
                stragglers,
                due,
                now,
                revision,
                outbox);
    }

    private Deployment with(@Nullable DeploymentRun run, @Nullable DeploymentRun next, List<DeploymentRun> runs) {
        return new Deployment(
                flowId,
                tenantId,
                contractId,
                workspaceId,
                wish,
                state,
                run,
                next,
                runs,
                stragglers,
                due,
                since,
                revision,
                outbox);
    }

    public Deployment current(@Nullable DeploymentRun run) {
        return with(run, coming, draining);
    }

    public Deployment coming(@Nullable DeploymentRun run) {
        return with(current, run, draining);
    }

    public Deployment draining(List<DeploymentRun> runs) {
        return with(current, coming, List.copyOf(runs));
    }

    /** The same with another state of one of its runs. */
    public Deployment with(DeploymentRun changed) {
        return with(
                current == null ? null : current.orIts(changed),
                coming == null ? null : coming.orIts(changed),
                draining.stream().map(run -> run.orIts(changed)).toList());
    }

    public Deployment alsoDraining(DeploymentRun run) {
        return draining(Stream.concat(draining.stream(), Stream.of(run)).toList());
    }

    /** Goes on without the runs it has: their queues are to go as soon as the broker is there. */
    public Deployment givingUpRuns() {
        var left = named().stream().map(run -> run.followedBy(null).to(Fate.GIVEN_UP));
        return with(null, null, left.toList());
    }

    /** The run that was to follow will not: another version is wished for. */
    public Deployment givingUpComing() {
        var given = coming == null || coming.queues().isEmpty() ? this : alsoDraining(coming.to(Fate.GIVEN_UP));
        return given.coming(null);
    }

    public Deployment due(@Nullable Instant next) {
        return new Deployment(
                flowId,
                tenantId,
                contractId,
                workspaceId,
                wish,
                state,
                current,
                coming,
                draining,
                stragglers,
                next,
                since,
                revision,
                outbox);
    }

    public Deployment stragglers(List<Straggler> left) {
        return new Deployment(
                flowId,
                tenantId,
                contractId,
                workspaceId,
                wish,
                state,
                current,
                coming,
                draining,
                left,
                due,
                since,
                revision,
                outbox);
    }

    public Deployment announcing(Outgoing... messages) {
        var more = new ArrayList<>(outbox);
        more.addAll(List.of(messages));
        return new Deployment(
                flowId,
                tenantId,
                contractId,
                workspaceId,
                wish,
                state,
                current,
                coming,
                draining,
                stragglers,
                due,
                since,
                revision,
                more);
    }

    /** The runs whose queues are consumed. */
    public List<DeploymentRun> consumed() {
        var runs = new ArrayList<DeploymentRun>();
        // A starting run is taken from as soon as its queues are there, since the flow is active only when the broker
        // says that it is taken from.
        if (current != null && (state.isOpen() || (state == State.STARTING && current.declared() != null))) {
            runs.add(current);
        }
        if (coming != null && coming.declared() != null && state.isOpen()) {
            runs.add(coming);
        }
        // The older versions of a suspended flow keep what is queued too, and go on with its next start.
        if (state.isOpen() || state == State.STARTING) {
            draining.stream().filter(DeploymentRun::isServed).forEach(runs::add);
        }
        return runs;
    }

    /** All runs of which there may be queues. */
    public List<DeploymentRun> named() {
        return Stream.of(Stream.ofNullable(current), Stream.ofNullable(coming), draining.stream())
                .flatMap(runs -> runs)
                .filter(run -> !run.queues().isEmpty())
                .toList();
    }

    /** How many queues all its runs have together: flow-service counts them against the contract's quota. */
    public int queues() {
        return named().stream().mapToInt(run -> run.queues().size()).sum();
    }

    /** A run whose queues are kept, whether they are taken from or not. */
    public Optional<DeploymentRun> kept(String runId) {
        // What comes back to a flow that is being stopped or deleted goes with its queues.
        var ends = state == State.STOPPING || state.isLast();
        return named().stream()
                .filter(run -> !ends && run.fate() != Fate.GIVEN_UP && run.id().equals(runId))
                .findFirst();
    }
}
