package dev.weft.execution.execution;

import dev.weft.common.event.Outgoing;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One firing of a trigger and all work that followed, put together from the records of its steps (api-v2 11.7). Records
 * may arrive in any order and more than once; {@link #apply} gives the same result, except that a repeated record of a
 * sailor shows its outputs twice.
 *
 * <p>It has ended when every message that was published has its finished record: {@code open} holds the effect keys
 * that
 * still miss one.
 */
public final class Execution {

    /**
     * A retry that is to be sent: recorded in its execution before it is sent, so that no crash can lose it.
     *
     * @param key  the effect key of the new message
     * @param body the edited body as JSON text; null: the body as it was
     */
    public record Resend(
            String key,
            String errorId,
            String stepId,
            @Nullable String body,
            long at) {}

    /**
     * An error record; its input is stored apart, in {@code error_inputs}.
     *
     * @param quoting whether the message quotes values of the flow's data or a called server, or may do so
     */
    public record KeptError(
            String id,
            String stepId,
            String messageId,
            long at,
            String name,
            String message,
            String stack,
            boolean quoting,
            Execution.ErrorState state) {

        public KeptError in(Execution.ErrorState next) {
            return new KeptError(id, stepId, messageId, at, name, message, stack, quoting, next);
        }

        int textLength() {
            return name.length() + message.length() + stack.length();
        }
    }

    /** More steps than this are counted, not kept (api-v2 11.7); errors likewise ({@link KeptErrors}). */
    static final int KEPT_STEPS = 1000;

    static final int KEPT_ERRORS = KeptErrors.MOST;

    final String id;
    final String flowId;
    final String versionId;
    final String runId;
    final String workspaceId;
    final String tenantId;
    final String trigger;
    /** Those that may have something of it while it runs: where it began, and where retries were sent. */
    List<String> runs;

    long startedAt;
    long updatedAt;
    boolean canceled;
    final KeySet open;
    final KeySet done;
    final Map<KeptStep.Mark, KeptStep> steps = new LinkedHashMap<>();
    final KeptErrors failures = new KeptErrors();
    final Map<String, KeptError> errors = failures.byId;
    /** Messages of retries that the broker has not confirmed yet, by effect key. */
    final Map<String, Resend> resends = new LinkedHashMap<>();
    /** Where a caller waits for an answer; null when none does, or does not any more. */
    @Nullable
    String caller;
    /** The caller has been answered, or told of the end: it is told once. */
    boolean settled;
    /** Who is to be told of the end, whatever the caller was answered; null: nobody, or it has been told. */
    @Nullable
    String watcher;
    /** The watcher has been told of the end: once, also when a retry lets it run again. */
    boolean watcherTold;
    /** An answer may be under way of which no record tells; not kept. */
    boolean lateAnswers;
    /** What must be told of it and may not have been. */
    final List<Outgoing> outbox = new ArrayList<>();

    long revision;

    /** What has become of an error. */
    public enum ErrorState {
        OPEN,
        RETRIED,
        DISCARDED
    }

    /** Where an execution stands. */
    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELED;

        /** The API's word. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Execution(
            String id,
            String flowId,
            String versionId,
            String runId,
            String workspaceId,
            String tenantId,
            String trigger,
            long startedAt,
            KeySet open,
            KeySet done) {
        this.id = id;
        this.flowId = flowId;
        this.versionId = versionId;
        this.runId = runId;
        this.runs = List.of(runId);
        this.workspaceId = workspaceId;
        this.tenantId = tenantId;
        this.trigger = trigger;
        this.startedAt = startedAt;
        this.updatedAt = startedAt;
        this.open = open;
        this.done = done;
    }

    public static Execution begin(DeliveryRecord first) {
        return new Execution(
                first.executionId(),
                first.flowId(),
                first.versionId(),
                first.runId(),
                first.workspaceId(),
                first.tenantId(),
                first.trigger(),
                first.startedAt(),
                new KeySet(),
                new KeySet());
    }

    public void apply(DeliveryRecord delivery) {
        goesTo(delivery.runId());
        delivery.steps().forEach(this::apply);
        var awaited = delivery.awaited();
        if (awaited != null && !settled) {
            caller = awaited.replyTo();
            settled = awaited.answered();
            lateAnswers |= awaited.late();
        }
        if (delivery.watcher() != null && !watcherTold) {
            watcher = delivery.watcher();
        }
    }

    public String id() {
        return id;
    }

    public String flowId() {
        return flowId;
    }

    public String workspaceId() {
        return workspaceId;
    }

    public List<String> runs() {
        return runs;
    }

    /** Those that are kept. */
    public Map<KeptStep.Mark, KeptStep> steps() {
        return Collections.unmodifiableMap(steps);
    }

    /** Those that are kept, by id. */
    public Map<String, KeptError> errors() {
        return Collections.unmodifiableMap(errors);
    }

    /** What must be told of it and may not have been. */
    public List<Outgoing> outbox() {
        return List.copyOf(outbox);
    }

    /** Messages of retries that the broker has not confirmed yet. */
    public List<Resend> resends() {
        return List.copyOf(resends.values());
    }

    /** Whether it waits for what becomes of the message of that effect key. */
    public boolean misses(String key) {
        return open.contains(key);
    }

    /** Whether it has ended without an answer to a caller who waits. */
    boolean owesCaller() {
        return caller != null && !settled && status() != Status.RUNNING;
    }

    /** Whether it has ended and somebody watches that. */
    boolean owesWatcher() {
        return watcher != null && status() != Status.RUNNING;
    }

    /** With the change that ends it, so that a crash loses neither. */
    void tellCaller(Outgoing word) {
        settled = true;
        outbox.add(word);
    }

    /** As {@link #tellCaller}. */
    void tellWatcher(Outgoing word) {
        watcher = null;
        watcherTold = true;
        outbox.add(word);
    }

    /** The error that made it fail: the first of those that are open. */
    Optional<KeptError> openError() {
        return errors.values().stream()
                .filter(error -> error.state() == ErrorState.OPEN)
                .findFirst();
    }

    private void apply(StepRecord step) {
        if (step.isFurtherFailure()) {
            applyFurtherFailure(step);
            return;
        }
        // A record that arrives after a cancel does not move the execution's end.
        if (!canceled) {
            updatedAt = Math.max(updatedAt, step.startedAt() + step.durationMs());
        }
        keep(step);
        if (!step.status().isEnd()) {
            // All attempts share one key, which stays open while another is to come; what this one emitted is on its
            // way nevertheless.
            expect(List.of(step.key()));
            expect(step.children());
            return;
        }
        open.remove(step.key());
        // A sailor does not tell which frame is its last: the first one marks its work as done, and later ones only add
        // outputs.
        if (!done.add(step.key()) && !step.isFrame()) {
            return;
        }
        expect(step.children());
        failures.note(step);
    }

    /** A step may report several failures for one message; those after the first are errors, no further records. */
    private void applyFurtherFailure(StepRecord step) {
        if (!failures.isFull()) {
            failures.note(step);
        }
        expect(step.children());
    }

    private void expect(List<String> children) {
        for (var child : children) {
            // Records come in any order: the child's record may have been applied before its parent's.
            if (!done.contains(child) && !canceled) {
                open.add(child);
            }
        }
    }

    public boolean hasError(String messageId) {
        return failures.isAnyOf(messageId);
    }

    private void keep(StepRecord step) {
        var mark = new KeptStep.Mark(KeySet.bits(step.key()), step.attempt());
        if (steps.size() >= KEPT_STEPS && !steps.containsKey(mark)) {
            return;
        }
        steps.merge(
                mark,
                new KeptStep(
                        mark,
                        step.stepId(),
                        step.messageId(),
                        step.parentMessageId(),
                        step.status(),
                        step.startedAt(),
                        step.durationMs(),
                        step.input(),
                        step.outputs(),
                        step.truncated()),
                step.isFrame() ? KeptStep::toldMore : KeptStep::orElse);
    }

    /**
     * The error goes back to its step as a message with a key of its own; the execution runs again.
     *
     * @param run the message is sent to it; what the execution did before may have been done by one that has ended
     */
    public void retry(KeptError error, Resend resend, String run) {
        // The execution had ended, so its earlier runs hold no message of it. They are replaced, or the end of one of
        // them would cancel the retry.
        if (status() != Status.RUNNING) {
            runs = List.of();
        }
        goesTo(run);
        errors.put(error.id(), error.in(ErrorState.RETRIED));
        canceled = false;
        open.add(resend.key());
        resends.put(resend.key(), resend);
    }

    public void goesTo(String run) {
        if (!runs.contains(run)) {
            var more = new ArrayList<>(runs);
            more.add(run);
            runs = List.copyOf(more);
        }
    }

    /** The broker has the message of a retry. */
    public void sent(Resend resend) {
        resends.remove(resend.key());
    }

    /** A retry that can not be sent any more is none: its error is open again. */
    public void takeBack(Resend resend) {
        resends.remove(resend.key());
        open.remove(resend.key());
        var error = errors.get(resend.errorId());
        // If only the confirm was lost, the message was sent and may have been worked on already.
        if (error != null && !done.contains(resend.key())) {
            errors.put(error.id(), error.in(ErrorState.OPEN));
        }
    }

    /** Errors beyond what is kept of a flow (api-v2 11.6). */
    public void forget(Collection<String> errorIds) {
        failures.forget(errorIds);
    }

    /** A stop dropped what was queued. */
    public void cancel(long now) {
        canceled = true;
        updatedAt = Math.max(updatedAt, now);
        open.clear();
    }

    /** One of its runs has ended, and what was left of it is dropped. */
    public void cancel(long now, String run) {
        var others = runs.stream().filter(other -> !other.equals(run)).toList();
        if (others.isEmpty()) {
            cancel(now);
        } else {
            runs = others;
        }
    }

    public Status status() {
        if (canceled) {
            return Status.CANCELED;
        }
        if (!open.isEmpty()) {
            return Status.RUNNING;
        }
        return failures.isAnyOpen() ? Status.FAILED : Status.COMPLETED;
    }

    /** Steps at which messages wait for another attempt, one entry a message. */
    List<String> waitingRebounds() {
        if (canceled || steps.values().stream().noneMatch(step -> step.status() == StepRecord.Status.REBOUND)) {
            return List.of();
        }
        var last = new LinkedHashMap<Long, KeptStep>();
        for (var step : steps.values()) {
            last.merge(
                    step.mark().key(),
                    step,
                    (a, b) -> a.mark().attempt() > b.mark().attempt() ? a : b);
        }
        return last.values().stream()
                .filter(step -> step.status() == StepRecord.Status.REBOUND)
                .map(KeptStep::stepId)
                .toList();
    }

    /** Finished records: the trigger and filtered ones too. */
    public int messages() {
        return done.size();
    }

    /** Those that are only counted, too. */
    public int errorCount() {
        return failures.count();
    }

    /** The kept steps, each after the step whose message it worked on. */
    public List<KeptStep> inCausalOrder() {
        return CausalOrder.of(steps.values());
    }
}
