package dev.weft.execution.deployment;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in force for one owner: the last wish (start, stop, ..) that was heard, how far it is carried out, and every
 * run that may have queues. All of it is one document, so that every change is atomic: a run that is not named here has
 * no queues, and no queue of a run in force is ever deleted.
 *
 * @param stragglers runs that were ended while messages were in work, which may still write records
 * @param due        next firing by time; null for flows that are not polling or not active
 */
public record Deployment(
        Owner owner,
        Progress progress,
        DeploymentRuns runs,
        List<Straggler> stragglers,
        @Nullable Instant due,
        long revision,
        List<Outgoing> outbox) {

    /**
     * Whose versions are in force; so far the owner is always a flow. Each run names its flow itself.
     *
     * @param id the document's {@code _id}, too
     */
    public record Owner(String id, String tenantId, String contractId, String workspaceId) {}

    /**
     * How far the last wish is carried out.
     *
     * @param wish    number of the last command applied; older ones are dropped
     * @param since   when the state began
     * @param started number of the start that it runs by, or ran by last; 0 before the first
     */
    public record Progress(long wish, State state, Instant since, long started) {}

    /** The states of an owner; those ending in -ING say what it is being brought to. */
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

    /** What is to become of a run. */
    public enum Fate {
        /** Its queues are taken from. */
        SERVED,
        /** It seems to have nothing left: nobody takes from its queues, which go unless something is found in them. */
        ENDING,
        /** Nobody takes from its queues; those that were declared go with what is in them. */
        GIVEN_UP
    }

    /** @param until from when on no message of it can be in work */
    public record Straggler(String run, String flowId, Instant until) {}

    public static Deployment fresh(Owner owner, Instant now) {
        var begun = new Progress(0, State.INACTIVE, now, 0);
        return new Deployment(owner, begun, DeploymentRuns.NONE, List.of(), null, 0, List.of());
    }

    public long wish() {
        return progress.wish();
    }

    public long started() {
        return progress.started();
    }

    public State state() {
        return progress.state();
    }

    public Instant since() {
        return progress.since();
    }

    public List<DeploymentRun> inForce() {
        return runs.inForce();
    }

    /** The run in force of an owner that has exactly one, as a flow has from its start to its stop. */
    public DeploymentRun current() {
        if (inForce().size() != 1) {
            throw new IllegalStateException(
                    "Of " + owner.id() + ", " + inForce().size() + " versions are in force, and not one.");
        }
        return inForce().getFirst();
    }

    public @Nullable DeploymentRun coming() {
        return runs.coming();
    }

    public List<DeploymentRun> draining() {
        return runs.draining();
    }

    /** All runs of which there may be queues. */
    public List<DeploymentRun> named() {
        return runs.named();
    }

    /** That wish is the last one; what it changes is said apart. */
    public Deployment heard(long wish) {
        return with(new Progress(wish, state(), since(), started()));
    }

    /** That start is the one that it runs by. */
    public Deployment startedBy(long start) {
        return with(new Progress(wish(), state(), since(), start));
    }

    public Deployment to(State next, Instant now) {
        return with(new Progress(wish(), next, now, started()));
    }

    /** The same with another state of one of its runs. */
    public Deployment with(DeploymentRun changed) {
        return with(runs.with(changed));
    }

    /** A run of one more version is in force. */
    public Deployment alsoInForce(DeploymentRun run) {
        return with(runs.alsoInForce(run));
    }

    /** That run is to be in force once its queues are there. */
    public Deployment coming(DeploymentRun run) {
        return with(runs.coming(run));
    }

    /** That run is in force, in place of those that it replaces: they drain. */
    public Deployment inForce(DeploymentRun run, List<DeploymentRun> replaced, Instant now) {
        return with(runs.inForce(run, replaced, now));
    }

    public Deployment alsoDraining(DeploymentRun run) {
        return with(runs.alsoDraining(run));
    }

    public Deployment draining(List<DeploymentRun> left) {
        return with(runs.draining(left));
    }

    /** Goes on without the runs it has: their queues are to go as soon as the broker is there. */
    public Deployment givingUpRuns() {
        return with(runs.givenUp());
    }

    /** The run that was coming will not be in force: another version is wished for. */
    public Deployment givingUpComing() {
        return with(runs.withoutComing());
    }

    /** Its queues are gone, or it has none. */
    public Deployment withoutRuns() {
        return with(DeploymentRuns.NONE);
    }

    public Deployment stragglers(List<Straggler> left) {
        return new Deployment(owner, progress, runs, left, due, revision, outbox);
    }

    public Deployment due(@Nullable Instant next) {
        return new Deployment(owner, progress, runs, stragglers, next, revision, outbox);
    }

    public Deployment announcing(Outgoing... messages) {
        var more = Stream.concat(outbox.stream(), Stream.of(messages)).toList();
        return new Deployment(owner, progress, runs, stragglers, due, revision, more);
    }

    private Deployment with(Progress changed) {
        return new Deployment(owner, changed, runs, stragglers, due, revision, outbox);
    }

    private Deployment with(DeploymentRuns changed) {
        return new Deployment(owner, progress, changed, stragglers, due, revision, outbox);
    }

    /** The runs whose queues are consumed. */
    public List<DeploymentRun> consumed() {
        var consumed = new ArrayList<DeploymentRun>();
        // A starting run is consumed as soon as its queues are declared: the flow becomes active only when the broker
        // reports consumers.
        inForce().stream()
                .filter(run -> state().isOpen() || (state() == State.STARTING && run.declared() != null))
                .forEach(consumed::add);
        var coming = coming();
        if (coming != null && coming.declared() != null && state().isOpen()) {
            consumed.add(coming);
        }
        // Queues of replaced versions are kept through a suspension too, and are worked on again from the next start.
        if (state().isOpen() || state() == State.STARTING) {
            draining().stream().filter(DeploymentRun::isServed).forEach(consumed::add);
        }
        return consumed;
    }

    /** How many queues all its runs have together: flow-service counts them against the contract's quota. */
    public int queues() {
        return named().stream().mapToInt(run -> run.queues().size()).sum();
    }

    /** A run whose queues are kept, whether they are taken from or not. */
    public Optional<DeploymentRun> kept(String runId) {
        // A message that comes back from a wait to a flow that is being stopped or deleted is dropped with its queues.
        var ends = state() == State.STOPPING || state().isLast();
        return named().stream()
                .filter(run -> !ends && run.fate() != Fate.GIVEN_UP && run.id().equals(runId))
                .findFirst();
    }
}
