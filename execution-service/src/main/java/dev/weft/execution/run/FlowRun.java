package dev.weft.execution.run;

import dev.weft.common.messaging.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What execution-service holds of one flow: the last wish it heard, how far it is carried out, the run in force and
 * older runs whose queued work is still being done. One document a flow, so that every change is atomic.
 *
 * @param wish     number of the last command applied; older ones are dropped
 * @param current  the run in force, or being started; null while inactive
 * @param draining runs that take no new messages but end what is queued, and those that were given up, while the
 *                 broker may have queues of them
 * @param due      next firing by time; null for flows that are not polling or not active
 * @param since    when the state began
 */
public record FlowRun(
        String flowId,
        String tenantId,
        String contractId,
        String workspaceId,
        long wish,
        State state,
        @Nullable RunSpec current,
        List<RunSpec> draining,
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
        DELETING;

        /** Whether new messages are taken. */
        public boolean isOpen() {
            return this == ACTIVE || this == UPDATING;
        }

        /** Whether something remains to be carried out. */
        boolean isPending() {
            return this == STARTING || this == UPDATING || this == STOPPING || this == SUSPENDING || this == DELETING;
        }

        /** The word of the API's {@code current_status}. */
        String wire() {
            return switch (this) {
                case UPDATING -> "active";
                case DELETING -> "stopping";
                default -> name().toLowerCase(java.util.Locale.ROOT);
            };
        }
    }

    /**
     * One start of one version.
     *
     * @param id         the run id, 32 hex
     * @param definition JSON of a {@link dev.weft.execution.plan.FlowDefinition}, as flow-service sent it
     * @param queues     that are or will be declared for it; empty until their names are known
     * @param next       a definition that shall follow, JSON; with state UPDATING
     * @param givenUp    nobody takes from its queues, those that were declared are to be deleted
     */
    public record RunSpec(
            String id,
            String definition,
            List<String> queues,
            List<String> credentials,
            Instant since,
            @Nullable String next,
            boolean givenUp) {

        RunSpec declared(List<String> names, List<String> credentialIds) {
            return new RunSpec(id, definition, names, credentialIds, since, next, givenUp);
        }

        RunSpec followedBy(@Nullable String newer) {
            return new RunSpec(id, definition, queues, credentials, since, newer, givenUp);
        }

        private RunSpec giveUp() {
            return new RunSpec(id, definition, queues, credentials, since, null, true);
        }
    }

    static FlowRun fresh(String flowId, String tenantId, String contractId, String workspaceId, Instant now) {
        return new FlowRun(
                flowId, tenantId, contractId, workspaceId, 0, State.INACTIVE, null, List.of(), null, now, 0, List.of());
    }

    FlowRun to(State next, @Nullable RunSpec run, long newWish, Instant now) {
        return new FlowRun(
                flowId, tenantId, contractId, workspaceId, newWish, next, run, draining, due, now, revision, outbox);
    }

    FlowRun draining(List<RunSpec> runs) {
        return new FlowRun(
                flowId, tenantId, contractId, workspaceId, wish, state, current, runs, due, since, revision, outbox);
    }

    /** Goes on without the runs it has: their queues are to go as soon as the broker is there. */
    FlowRun givingUpRuns() {
        return draining(Stream.concat(Stream.ofNullable(current), draining.stream())
                .filter(run -> !run.queues().isEmpty())
                .map(RunSpec::giveUp)
                .toList());
    }

    FlowRun due(@Nullable Instant next) {
        return new FlowRun(
                flowId,
                tenantId,
                contractId,
                workspaceId,
                wish,
                state,
                current,
                draining,
                next,
                since,
                revision,
                outbox);
    }

    FlowRun announcing(Outgoing... messages) {
        var more = new ArrayList<>(outbox);
        more.addAll(List.of(messages));
        return new FlowRun(
                flowId, tenantId, contractId, workspaceId, wish, state, current, draining, due, since, revision, more);
    }

    /** The runs whose queues are consumed. */
    public List<RunSpec> consumed() {
        var runs = new ArrayList<RunSpec>();
        if (current != null && state.isOpen()) {
            runs.add(current);
        }
        if (state.isOpen() || state == State.STARTING) {
            draining.stream().filter(run -> !run.givenUp()).forEach(runs::add);
        }
        return runs;
    }
}
