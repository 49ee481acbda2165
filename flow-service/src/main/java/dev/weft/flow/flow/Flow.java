package dev.weft.flow.flow;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.flow.content.FlowContent;
import dev.weft.flow.content.FlowDraft;
import dev.weft.flow.content.FlowPlace;
import dev.weft.flow.content.FlowTimes;
import dev.weft.flow.content.FlowVersion;
import dev.weft.flow.content.LatestVersion;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A flow as its workspace owns it: its content, and whether it shall run.
 *
 * @param latest   null before the first publication
 * @param edition  counts the changes of its content
 * @param revision counts the writes of its record; a change is stored only if the record still has the revision that it
 *                 was made from
 * @param waiting  messages that the broker has not confirmed yet
 */
public record Flow(
        String id,
        FlowPlace place,
        String user,
        FlowContent content,
        FlowState state,
        @Nullable LatestVersion latest,
        @Nullable FlowDraft draft,
        FlowTimes times,
        long edition,
        long revision,
        int waiting) {

    /** Whether a flow shall run; {@link CurrentStatus} is whether it does. */
    public enum FlowStatus {
        ACTIVE,
        INACTIVE,
        SUSPENDED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static FlowStatus of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** Each waiting message can carry a graph, and all of them lie in one record of bounded size. */
    private static final int MOST_WAITING = 8;

    /** The flow's decision about a wish. */
    public sealed interface Wish {
        /** Accepted; {@code flow} is the flow with the new wish. */
        record Granted(Flow flow) implements Wish {}

        /** Refused. */
        record Refused(Problem why) implements Wish {}
    }

    /** A flow with its first version. */
    public static Flow made(String id, FlowPlace place, String user, FlowContent content, Instant now) {
        return new Flow(
                id,
                place,
                user,
                content,
                FlowState.NEW,
                LatestVersion.of(id, 1, content, user, now),
                null,
                FlowTimes.starting(now),
                1,
                0,
                0);
    }

    /** Decides on a start; one that runs already is refused, so that a second click is no second run. */
    public Wish start(Instant now, @Nullable Instant due) {
        // Decided by what is wanted and not by what runs: news about that may be late, and a second command would start
        // a second run.
        if (state.status() == FlowStatus.ACTIVE) {
            return refused(ProblemCode.INVALID_STATE, "The flow is active already.");
        }
        if (latest == null) {
            return refused(ProblemCode.NOT_READY, "The flow has no version to run.");
        }
        return granted(state.started(now, due, runsWith(latest)));
    }

    /** What it has once it runs the version: until a flow is known to have stopped it has the queues of what it ran. */
    private RunQueues runsWith(LatestVersion version) {
        var own = content.graph().queues();
        var containers = content.containers();
        return state.isInactive()
                ? RunQueues.of(version.id(), own, containers)
                : state.runs().and(version.id(), own, containers);
    }

    public Wish stop() {
        return state.status() == FlowStatus.INACTIVE
                ? refused(ProblemCode.INVALID_STATE, "The flow is neither active nor suspended.")
                : granted(state.stopped());
    }

    public Wish suspend() {
        return state.status() == FlowStatus.ACTIVE
                ? granted(state.suspended())
                : refused(ProblemCode.INVALID_STATE, "Only an active flow can be suspended.");
    }

    public Wish runNow() {
        return state.status() == FlowStatus.ACTIVE && content.polling()
                ? granted(state.told())
                : refused(ProblemCode.INVALID_STATE, "Only an active polling flow can be run now.");
    }

    private Wish granted(FlowState next) {
        return waiting >= MOST_WAITING
                ? refused(ProblemCode.UNAVAILABLE, "The message broker does not take messages at the moment.")
                : new Wish.Granted(with(next));
    }

    private static Wish refused(ProblemCode code, String detail) {
        return new Wish.Refused(Problem.of(code, detail));
    }

    /** The flow with a new content, which becomes its latest version. */
    public Flow published(FlowContent next, String author, Instant now) {
        var number = latest == null ? 1 : latest.number() + 1;
        return new Flow(
                id,
                place,
                user,
                // The content is taken as it is; the caller compares both contents and decides whether a run must be
                // told.
                next,
                state,
                LatestVersion.of(id, number, next, author, now),
                draft,
                times.changed(now, !next.graph().equals(content.graph())),
                edition + 1,
                revision,
                waiting);
    }

    /** Something more is told about it, of another kind than what it shall run. */
    public Flow told() {
        return with(state.told());
    }

    /** Told to run its latest version, while older ones end their work. */
    public Flow toldToRun() {
        return latest == null ? told() : with(state.updated(runsWith(latest)));
    }

    public Flow with(FlowState next) {
        return new Flow(id, place, user, content, next, latest, draft, times, edition, revision, waiting);
    }

    public Flow with(@Nullable FlowDraft next) {
        return new Flow(id, place, user, content, state, latest, next, times, edition, revision, waiting);
    }

    public boolean isActive() {
        return state.status() == FlowStatus.ACTIVE;
    }

    public boolean hasRoomForMessages() {
        return waiting < MOST_WAITING;
    }

    /** The latest version with its content. */
    public Optional<FlowVersion> latestVersion() {
        // The latest version is not stored apart: its content is the flow's own.
        return Optional.ofNullable(latest)
                .map(version -> new FlowVersion(
                        version.id(),
                        id,
                        version.number(),
                        content.name(),
                        content.description(),
                        content.graph(),
                        content.nodesConfig(),
                        content.cron(),
                        version.user(),
                        version.createdAt()));
    }
}
