package dev.weft.execution.execution;

import dev.weft.common.outbox.OutboxField;
import dev.weft.execution.execution.Execution.ErrorState;
import dev.weft.execution.execution.Execution.KeptError;
import dev.weft.execution.execution.Execution.Resend;
import dev.weft.execution.execution.Execution.Status;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.StepRecord;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * An execution as a document; the only place that knows its field names. They are short, and what is empty, usual or
 * follows from the rest is left out, since there is one document a firing:
 * {@code {_id, f flow, w workspace, t tenant, v version, r run, trig, st started, up updated, s status, n messages,
 * en errors, o open keys, d done keys that no kept step has, p:[payloads], x:[steps], errors:[..], resend:[..], rev, by,
 * few, ro, wf, wu, wait, wa where a caller waits, an answered or told, ew watcher of the end, et told of it,
 * outbox:[..]}}.
 *
 * <p>A payload is JSON in UTF-8, or the name of the document of its own in which it lies; steps name payloads by their
 * place in {@code p}. {@code by} names the write that made this revision, where it was no insert. What is looked for by
 * few documents of many has a field in those alone, so that its index is small and the others cost it nothing: {@code ro} =
 * flow and run, of each of its runs, while it runs, {@code wf} = flow while messages wait to come again, at the steps
 * {@code wait}, and {@code wu} = {@code up} of those, {@code few} = what lists ask for, {@code {w, f, s, st, id}}, unless it
 * is completed without an error. A sparse index of several fields has an entry for each document that has one of them, so
 * all of its fields must be of these.
 */
final class StoredExecution {

    /** Payloads beyond this many bytes lie in documents of their own, so that no execution outgrows a document. */
    private static final int INLINE_PAYLOADS = 400_000;

    /** What a list shows needs no more. */
    static final List<String> LISTED = List.of("f", "v", "w", "trig", "st", "up", "s", "n", "en");

    /** Errors of releases that did not note it quoted a called server when they had these names. */
    private static final Set<String> QUOTING_ONCE = Set.of("HttpError", "EmailError");

    private StoredExecution() {}

    static Document write(Execution e, @Nullable String by, Spill spill) {
        var document = new Document("_id", e.id)
                .append("f", e.flowId)
                .append("w", e.workspaceId)
                .append("t", e.tenantId)
                .append("v", e.versionId)
                .append("r", e.runId)
                .append("trig", e.trigger)
                .append("st", new Date(e.startedAt))
                .append("up", new Date(e.updatedAt))
                .append("s", e.status().wire())
                .append("n", e.messages())
                .append("rev", e.revision);
        putUnlessEmpty(document, "o", e.open);
        putUnlessEmpty(document, "d", e.done.without(doneOfSteps(e)));
        var payloads = new LinkedHashMap<Payload, Integer>();
        document.append(
                "x",
                e.steps.values().stream().map(step -> write(step, payloads)).toList());
        document.append("p", write(e, payloads.sequencedKeySet(), spill));
        if (e.errorCount() > 0) {
            document.append("en", e.errorCount());
            document.append(
                    "errors",
                    e.errors.values().stream().map(StoredExecution::write).toList());
        }
        if (!e.resends.isEmpty()) {
            document.append(
                    "resend",
                    e.resends.values().stream().map(StoredExecution::write).toList());
        }
        if (by != null) {
            document.append("by", by);
        }
        // An execution that is settled has no waiting caller, so where the caller waits is not kept.
        if (e.settled) {
            document.append("an", true);
        } else if (e.caller != null) {
            document.append("wa", e.caller);
        }
        if (e.watcherTold) {
            document.append("et", true);
        } else if (e.watcher != null) {
            document.append("ew", e.watcher);
        }
        if (!e.outbox.isEmpty()) {
            document.append(OutboxField.NAME, OutboxField.waiting(e.outbox));
        }
        if (e.status() != Status.COMPLETED || e.errorCount() > 0) {
            document.append("few", few(document));
        }
        if (e.status() == Status.RUNNING) {
            document.append(
                    "ro", e.runs.stream().map(run -> running(e.flowId, run)).toList());
            var waiting = e.waitingRebounds();
            if (!waiting.isEmpty()) {
                document.append("wf", e.flowId)
                        .append("wu", new Date(e.updatedAt))
                        .append("wait", waiting);
            }
        }
        return document;
    }

    /** What lists ask for, once more: of a document that has {@code w}, {@code f}, {@code s} and {@code st}. */
    static Document few(Document d) {
        return new Document("w", d.getString("w"))
                .append("f", d.getString("f"))
                .append("s", d.getString("s"))
                .append("st", d.getDate("st"))
                .append("id", d.getString("_id"));
    }

    /** The flow stands before the run, so that all runs of one flow are one range of the index. */
    static String running(String flowId, String runId) {
        return flowId + "." + runId;
    }

    private static void putUnlessEmpty(Document document, String name, KeySet keys) {
        if (!keys.isEmpty()) {
            document.append(name, new Binary(keys.stored()));
        }
    }

    private static Set<Long> doneOfSteps(Execution e) {
        var done = new HashSet<Long>();
        for (var step : e.steps.values()) {
            if (step.status().isEnd()) {
                done.add(step.mark().key());
            }
        }
        return done;
    }

    private static List<Object> write(Execution e, Iterable<Payload> payloads, Spill spill) {
        var stored = new ArrayList<>();
        var size = 0;
        for (var payload : payloads) {
            if (!payload.isElsewhere()) {
                size += payload.json().length;
                if (size <= INLINE_PAYLOADS) {
                    stored.add(new Binary(payload.json()));
                    continue;
                }
                // Only this one is spilled: a smaller one behind it may still fit.
                size -= payload.json().length;
            }
            stored.add(payload.isElsewhere() ? payload.place() : spill.add(e, payload));
        }
        return stored;
    }

    private static Document write(KeptStep step, Map<Payload, Integer> payloads) {
        var stored = new Document("k", step.mark().key())
                .append("s", step.stepId())
                .append("m", step.messageId())
                .append("at", step.startedAt())
                .append("ms", (int) Math.min(step.durationMs(), Integer.MAX_VALUE));
        if (step.parentMessageId() != null) {
            stored.append("p", step.parentMessageId());
        }
        if (step.mark().attempt() > 1) {
            stored.append("a", step.mark().attempt());
        }
        if (step.status() != StepRecord.Status.COMPLETED) {
            stored.append("c", step.status().name());
        }
        if (step.input() != null) {
            stored.append("i", place(step.input(), payloads));
        }
        if (step.outputs() != null) {
            stored.append(
                    "o",
                    step.outputs().stream()
                            .map(output -> place(output, payloads))
                            .toList());
        }
        if (step.truncated()) {
            stored.append("x", true);
        }
        return stored;
    }

    private static int place(Payload payload, Map<Payload, Integer> payloads) {
        var next = payloads.size();
        var known = payloads.putIfAbsent(payload, next);
        return known == null ? next : known;
    }

    private static Document write(KeptError error) {
        return new Document("id", error.id())
                .append("s", error.stepId())
                .append("m", error.messageId())
                .append("at", error.at())
                .append("name", error.name())
                .append("msg", error.message())
                .append("stack", error.stack())
                .append("q", error.quoting())
                .append("state", error.state().name());
    }

    private static Document write(Resend resend) {
        return new Document("k", resend.key())
                .append("e", resend.errorId())
                .append("s", resend.stepId())
                .append("body", resend.body())
                .append("at", new Date(resend.at()));
    }

    static Execution read(Document d) {
        var e = new Execution(
                d.getString("_id"),
                d.getString("f"),
                d.getString("v"),
                d.getString("r"),
                d.getString("w"),
                d.getString("t"),
                d.getString("trig"),
                d.getDate("st").getTime(),
                keys(d, "o"),
                keys(d, "d"));
        // An execution that has ended has no such field; of its runs only the first is known then.
        if (d.containsKey("ro")) {
            e.runs = runs(d.get("ro"));
        }
        e.updatedAt = d.getDate("up").getTime();
        e.canceled = d.getString("s").equals(Status.CANCELED.wire());
        e.revision = d.get("rev", Number.class).longValue();
        var payloads = d.getList("p", Object.class).stream()
                .map(StoredExecution::payload)
                .toList();
        for (var stored : d.getList("x", Document.class)) {
            var step = step(stored, payloads);
            e.steps.put(step.mark(), step);
        }
        doneOfSteps(e).forEach(e.done::add);
        for (var stored : d.getList("errors", Document.class, List.of())) {
            var error = error(stored);
            e.errors.put(error.id(), error);
        }
        e.failures.further = d.getInteger("en", 0) - e.errors.size();
        for (var stored : d.getList("resend", Document.class, List.of())) {
            var resend = resend(stored);
            e.resends.put(resend.key(), resend);
        }
        e.caller = d.getString("wa");
        e.settled = d.getBoolean("an", false);
        e.watcher = d.getString("ew");
        e.watcherTold = d.getBoolean("et", false);
        e.outbox.addAll(OutboxField.read(d));
        return e;
    }

    /** A text alone in documents of an older release. */
    static List<String> runs(Object running) {
        var all = running instanceof List<?> list ? list : List.of(running);
        return all.stream()
                .map(String::valueOf)
                .map(each -> each.substring(each.indexOf('.') + 1))
                .toList();
    }

    private static KeySet keys(Document d, String name) {
        var stored = d.get(name, Binary.class);
        return stored == null ? new KeySet() : KeySet.of(stored.getData());
    }

    private static Payload payload(Object stored) {
        return stored instanceof Binary json ? new Payload(json.getData()) : Payload.elsewhere((String) stored);
    }

    private static KeptStep step(Document stored, List<Payload> payloads) {
        var input = stored.getInteger("i");
        var outputs = stored.getList("o", Integer.class);
        return new KeptStep(
                new KeptStep.Mark(stored.getLong("k"), stored.getInteger("a", 1)),
                stored.getString("s"),
                stored.getString("m"),
                stored.getString("p"),
                StepRecord.Status.valueOf(Objects.requireNonNullElse(stored.getString("c"), "COMPLETED")),
                stored.getLong("at"),
                stored.getInteger("ms"),
                input == null ? null : payloads.get(input),
                outputs == null ? null : outputs.stream().map(payloads::get).toList(),
                stored.getBoolean("x", false));
    }

    private static KeptError error(Document stored) {
        return new KeptError(
                stored.getString("id"),
                stored.getString("s"),
                stored.getString("m"),
                stored.getLong("at"),
                stored.getString("name"),
                stored.getString("msg"),
                stored.getString("stack"),
                stored.getBoolean("q", QUOTING_ONCE.contains(stored.getString("name"))),
                ErrorState.valueOf(stored.getString("state")));
    }

    private static Resend resend(Document stored) {
        return new Resend(
                stored.getString("k"),
                stored.getString("e"),
                stored.getString("s"),
                stored.getString("body"),
                stored.getDate("at").getTime());
    }

    /** From a document with the fields of {@link #LISTED}. */
    static ListedExecution readListed(Document d) {
        return new ListedExecution(
                d.getString("_id"),
                d.getString("f"),
                d.getString("v"),
                d.getString("w"),
                d.getString("trig"),
                d.getDate("st").getTime(),
                d.getDate("up").getTime(),
                Status.valueOf(d.getString("s").toUpperCase(Locale.ROOT)),
                d.getInteger("n"),
                d.getInteger("en", 0));
    }

    /** Stores a payload that does not fit into the execution's own document, and returns its name there. */
    @FunctionalInterface
    interface Spill {
        String add(Execution execution, Payload payload);
    }
}
