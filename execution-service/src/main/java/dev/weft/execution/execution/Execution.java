package dev.weft.execution.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One firing of a trigger and all that came of it, as its records tell (api-v2 11.7). Records may arrive in any order
 * and more than once; {@link #apply} gives the same result for all of them.
 *
 * <p>It has ended when every message that was published has its finished record: {@code open} holds the effect keys that
 * still miss one.
 */
final class Execution {

    /** More steps than this are counted, not kept (api-v2 11.7). */
    static final int KEPT_STEPS = 1000;

    final String id;
    final String flowId;
    final String versionId;
    final String runId;
    final String workspaceId;
    final String tenantId;
    final String userId;
    final String trigger;
    long startedAt;
    long updatedAt;
    boolean canceled;
    final KeySet open;
    final KeySet done;
    /** By key and attempt. */
    final Map<String, KeptStep> steps = new LinkedHashMap<>();

    final Map<String, KeptError> errors = new LinkedHashMap<>();
    /** Messages of retries that the broker has not confirmed yet, by effect key. */
    final Map<String, Resend> resends = new LinkedHashMap<>();

    long revision;

    /**
     * A step record as it is kept; payloads are JSON text, null when not kept.
     *
     * @param spilled the payloads lie outside the execution's document
     */
    record KeptStep(
            String key,
            String stepId,
            String messageId,
            @Nullable String parentMessageId,
            int attempt,
            StepRecord.Status status,
            long startedAt,
            long durationMs,
            @Nullable String input,
            @Nullable String outputs,
            boolean truncated,
            boolean spilled) {

        KeptStep with(@Nullable String newInput, @Nullable String newOutputs) {
            return new KeptStep(
                    key,
                    stepId,
                    messageId,
                    parentMessageId,
                    attempt,
                    status,
                    startedAt,
                    durationMs,
                    newInput,
                    newOutputs,
                    truncated,
                    spilled);
        }

        /** Names a record within its execution: the effect key's first half and the attempt. */
        String identity() {
            return key.substring(0, 16) + "." + attempt;
        }
    }

    /** An error record; its input lies in a place of its own. */
    record KeptError(
            String id,
            String stepId,
            String messageId,
            long at,
            String name,
            String message,
            String stack,
            ErrorState state) {

        KeptError in(ErrorState next) {
            return new KeptError(id, stepId, messageId, at, name, message, stack, next);
        }
    }

    /**
     * A retry on its way: recorded before it is sent, so that no crash can lose it.
     *
     * @param key  the effect key of the new message
     * @param body the edited body as JSON text; null: the body as it was
     */
    record Resend(
            String key,
            String errorId,
            String stepId,
            @Nullable String body,
            long at) {}

    /** What became of an error. */
    enum ErrorState {
        OPEN,
        RETRIED,
        DISCARDED
    }

    /** Where an execution stands. */
    enum Status {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELED
    }

    Execution(
            String id,
            String flowId,
            String versionId,
            String runId,
            String workspaceId,
            String tenantId,
            String userId,
            String trigger,
            long startedAt,
            KeySet open,
            KeySet done) {
        this.id = id;
        this.flowId = flowId;
        this.versionId = versionId;
        this.runId = runId;
        this.workspaceId = workspaceId;
        this.tenantId = tenantId;
        this.userId = userId;
        this.trigger = trigger;
        this.startedAt = startedAt;
        this.updatedAt = startedAt;
        this.open = open;
        this.done = done;
    }

    static Execution begin(DeliveryRecord first) {
        return new Execution(
                first.executionId(),
                first.flowId(),
                first.versionId(),
                first.runId(),
                first.workspaceId(),
                first.tenantId(),
                first.userId(),
                first.trigger(),
                first.startedAt(),
                new KeySet(),
                new KeySet());
    }

    void apply(DeliveryRecord delivery, Payloads payloads) {
        for (var step : delivery.steps()) {
            apply(step, payloads);
        }
    }

    private void apply(StepRecord step, Payloads payloads) {
        if (step.key().indexOf('!') > 0) {
            applyFurtherFailure(step);
            return;
        }
        updatedAt = Math.max(updatedAt, step.startedAt() + step.durationMs());
        keep(step, payloads);
        if (step.status() == StepRecord.Status.REBOUND) {
            if (!done.contains(step.key())) {
                open.add(step.key());
            }
            return;
        }
        open.remove(step.key());
        if (!done.add(step.key())) {
            return;
        }
        expect(step.children());
        note(step);
    }

    /** A step may report several failures for one message; those after the first are errors, no further records. */
    private void applyFurtherFailure(StepRecord step) {
        var failure = step.failure();
        if (failure != null && !errors.containsKey(failure.id())) {
            note(step);
            expect(step.children());
        }
    }

    private void expect(List<String> children) {
        for (var child : children) {
            if (!done.contains(child) && !canceled) {
                open.add(child);
            }
        }
    }

    private void note(StepRecord step) {
        var failure = step.failure();
        if (failure != null) {
            errors.putIfAbsent(
                    failure.id(),
                    new KeptError(
                            failure.id(),
                            step.stepId(),
                            step.messageId(),
                            failure.at(),
                            failure.name(),
                            failure.message(),
                            failure.stack(),
                            ErrorState.OPEN));
        }
    }

    private void keep(StepRecord step, Payloads payloads) {
        var identity = step.key().substring(0, 16) + "." + step.attempt();
        if (steps.size() >= KEPT_STEPS && !steps.containsKey(identity)) {
            return;
        }
        steps.putIfAbsent(
                identity,
                new KeptStep(
                        step.key(),
                        step.stepId(),
                        step.messageId(),
                        step.parentMessageId(),
                        step.attempt(),
                        step.status(),
                        step.startedAt(),
                        step.durationMs(),
                        payloads.text(step.input()),
                        payloads.text(step.outputs()),
                        step.truncated(),
                        false));
    }

    /** The error goes back to its step as a message with a key of its own; the execution runs again. */
    void retry(KeptError error, Resend resend) {
        errors.put(error.id(), error.in(ErrorState.RETRIED));
        canceled = false;
        open.add(resend.key());
        resends.put(resend.key(), resend);
    }

    /** A stop dropped what was queued. */
    void cancel() {
        canceled = true;
        open.clear();
    }

    Status status() {
        if (canceled) {
            return Status.CANCELED;
        }
        if (!open.isEmpty()) {
            return Status.RUNNING;
        }
        return errors.values().stream().anyMatch(error -> error.state() == ErrorState.OPEN)
                ? Status.FAILED
                : Status.COMPLETED;
    }

    /** Steps at which messages wait for another attempt, one entry a message. */
    List<String> waitingRebounds() {
        var last = new LinkedHashMap<String, KeptStep>();
        for (var step : steps.values()) {
            last.merge(step.key().substring(0, 16), step, (a, b) -> a.attempt() > b.attempt() ? a : b);
        }
        return last.values().stream()
                .filter(step -> step.status() == StepRecord.Status.REBOUND)
                .map(KeptStep::stepId)
                .toList();
    }

    /** Finished records: the trigger and filtered ones too. */
    int messages() {
        return done.size();
    }

    /** The kept steps, each after the step whose message it worked on. */
    List<KeptStep> inCausalOrder() {
        var byParent = new LinkedHashMap<String, List<KeptStep>>();
        var known = new java.util.HashSet<String>();
        var sorted = steps.values().toArray(KeptStep[]::new);
        Arrays.sort(
                sorted, java.util.Comparator.comparingLong(KeptStep::startedAt).thenComparingInt(KeptStep::attempt));
        for (var step : sorted) {
            known.add(step.messageId());
        }
        var roots = new ArrayList<KeptStep>();
        for (var step : sorted) {
            if (step.parentMessageId() == null || !known.contains(step.parentMessageId())) {
                roots.add(step);
            } else {
                byParent.computeIfAbsent(step.parentMessageId(), _ -> new ArrayList<>())
                        .add(step);
            }
        }
        var ordered = new ArrayList<KeptStep>(sorted.length);
        var waiting = new java.util.ArrayDeque<>(roots);
        while (!waiting.isEmpty()) {
            var step = waiting.removeFirst();
            ordered.add(step);
            // A rebound's attempts share one message; what came of it hangs on the first.
            var children = byParent.remove(step.messageId());
            if (children != null) {
                waiting.addAll(children);
            }
        }
        return ordered;
    }

    /** Turns a shown message into the text that is kept. */
    @FunctionalInterface
    interface Payloads {
        @Nullable
        String text(@Nullable Object shown);
    }
}
