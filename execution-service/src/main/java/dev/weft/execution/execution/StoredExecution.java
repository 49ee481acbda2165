package dev.weft.execution.execution;

import dev.weft.execution.execution.Execution.ErrorState;
import dev.weft.execution.execution.Execution.KeptError;
import dev.weft.execution.execution.Execution.KeptStep;
import dev.weft.execution.execution.Execution.Resend;
import dev.weft.execution.execution.Execution.Status;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * An execution as a document; the only place that knows its field names. Short names, since there is one a firing:
 * {@code {_id, f flow, w workspace, t tenant, v version, r run, u user, trig, st started, up updated, s status, n messages,
 * o open keys, d done keys, steps:[..], errors:[..], es steps with errors, resend:[..], rev, by}}. {@code by} names the write that
 * made this revision.
 */
final class StoredExecution {

    /** Payloads beyond this many characters lie in documents of their own, so that no execution outgrows a document. */
    private static final int INLINE_PAYLOAD = 400_000;

    private StoredExecution() {}

    static Document write(Execution e, String by, Spill spill) {
        var steps = new ArrayList<Document>(e.steps.size());
        var size = 0;
        for (var step : e.steps.values()) {
            var stored = new Document("k", step.key())
                    .append("s", step.stepId())
                    .append("m", step.messageId())
                    .append("p", step.parentMessageId())
                    .append("a", step.attempt())
                    .append("c", step.status().name())
                    .append("at", step.startedAt())
                    .append("ms", step.durationMs())
                    .append("x", step.truncated());
            var length = length(step.input()) + length(step.outputs());
            if (step.spilled()) {
                stored.append("sp", true);
            } else if (length > 0 && size + length > INLINE_PAYLOAD) {
                spill.add(e, step);
                stored.append("sp", true);
            } else {
                size += length;
                stored.append("in", step.input()).append("out", step.outputs());
            }
            steps.add(stored);
        }
        var errors = new ArrayList<Document>();
        var errorSteps = new HashSet<String>();
        for (var error : e.errors.values()) {
            errors.add(new Document("id", error.id())
                    .append("s", error.stepId())
                    .append("m", error.messageId())
                    .append("at", error.at())
                    .append("name", error.name())
                    .append("msg", error.message())
                    .append("stack", error.stack())
                    .append("state", error.state().name()));
            errorSteps.add(error.stepId());
        }
        var document = new Document("_id", e.id)
                .append("f", e.flowId)
                .append("w", e.workspaceId)
                .append("t", e.tenantId)
                .append("v", e.versionId)
                .append("r", e.runId)
                .append("u", e.userId)
                .append("trig", e.trigger)
                .append("st", new Date(e.startedAt))
                .append("up", new Date(e.updatedAt))
                .append("s", wire(e.status()))
                .append("n", e.messages())
                .append("ca", e.canceled)
                .append("o", new Binary(e.open.stored()))
                .append("d", new Binary(e.done.stored()))
                .append("steps", steps)
                .append("errors", errors)
                .append("es", List.copyOf(errorSteps))
                .append("rev", e.revision)
                .append("by", by);
        if (!e.resends.isEmpty()) {
            document.append(
                    "resend",
                    e.resends.values().stream()
                            .map(resend -> new Document("k", resend.key())
                                    .append("e", resend.errorId())
                                    .append("s", resend.stepId())
                                    .append("body", resend.body())
                                    .append("at", new Date(resend.at())))
                            .toList());
        }
        return document;
    }

    static Execution read(Document d) {
        var e = new Execution(
                d.getString("_id"),
                d.getString("f"),
                d.getString("v"),
                d.getString("r"),
                d.getString("w"),
                d.getString("t"),
                d.getString("u"),
                d.getString("trig"),
                d.getDate("st").getTime(),
                KeySet.of(d.get("o", Binary.class).getData()),
                KeySet.of(d.get("d", Binary.class).getData()));
        e.updatedAt = d.getDate("up").getTime();
        e.canceled = d.getBoolean("ca", false);
        e.revision = d.get("rev", Number.class).longValue();
        for (var step : d.getList("steps", Document.class, List.of())) {
            var kept = new KeptStep(
                    step.getString("k"),
                    step.getString("s"),
                    step.getString("m"),
                    step.getString("p"),
                    step.getInteger("a", 1),
                    StepRecord.Status.valueOf(step.getString("c")),
                    step.get("at", Number.class).longValue(),
                    step.get("ms", Number.class).longValue(),
                    step.getString("in"),
                    step.getString("out"),
                    step.getBoolean("x", false),
                    step.getBoolean("sp", false));
            e.steps.put(kept.identity(), kept);
        }
        for (var error : d.getList("errors", Document.class, List.of())) {
            var kept = new KeptError(
                    error.getString("id"),
                    error.getString("s"),
                    error.getString("m"),
                    error.get("at", Number.class).longValue(),
                    error.getString("name"),
                    error.getString("msg"),
                    error.getString("stack"),
                    ErrorState.valueOf(error.getString("state")));
            e.errors.put(kept.id(), kept);
        }
        for (var resend : d.getList("resend", Document.class, List.of())) {
            e.resends.put(
                    resend.getString("k"),
                    new Resend(
                            resend.getString("k"),
                            resend.getString("e"),
                            resend.getString("s"),
                            resend.getString("body"),
                            resend.getDate("at").getTime()));
        }
        return e;
    }

    static String wire(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static int length(@org.jspecify.annotations.Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** Takes the payloads that do not fit into the execution's own document. */
    @FunctionalInterface
    interface Spill {
        void add(Execution execution, KeptStep step);
    }
}
