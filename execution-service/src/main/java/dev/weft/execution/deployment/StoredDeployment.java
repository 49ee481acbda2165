package dev.weft.execution.deployment;

import dev.weft.common.outbox.OutboxField;
import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.Progress;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.Deployment.Straggler;
import dev.weft.execution.deployment.DeploymentRun.Loss;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as a document: {@code {_id owner, t tenant, k contract, w workspace, wish, state, since, started, rev,
 * outbox:[..], current, coming, draining:[..], stragglers:[..], due, lost}}.
 */
final class StoredDeployment {

    /** What a document has only while there is some of it: a sparse index would hold null, and an empty list too. */
    static final List<String> IF_ANY = List.of("current", "coming", "draining", "stragglers", "due", "lost");

    private StoredDeployment() {}

    static Document write(Deployment run, long revision) {
        var owner = run.owner();
        var document = new Document("_id", owner.id())
                .append("t", owner.tenantId())
                .append("k", owner.contractId())
                .append("w", owner.workspaceId())
                .append("wish", run.wish())
                .append("state", run.state().name())
                .append("since", Date.from(run.since()))
                .append("started", run.started())
                .append("rev", revision)
                .append(OutboxField.NAME, OutboxField.waiting(run.outbox()));
        put(document, "current", writeInForce(run.inForce()));
        put(document, "coming", run.coming() == null ? null : write(run.coming()));
        put(
                document,
                "draining",
                run.draining().stream().map(StoredDeployment::write).toList());
        put(
                document,
                "stragglers",
                run.stragglers().stream().map(StoredDeployment::write).toList());
        put(document, "due", run.due() == null ? null : Date.from(run.due()));
        put(document, "lost", run.named().stream().anyMatch(named -> named.loss() != null) ? true : null);
        return document;
    }

    /** One is no list: the release before this one writes and reads it so, and knows of no owner with several. */
    private static @Nullable Object writeInForce(List<DeploymentRun> runs) {
        return switch (runs.size()) {
            case 0 -> null;
            case 1 -> write(runs.getFirst());
            default -> runs.stream().map(StoredDeployment::write).toList();
        };
    }

    private static Document write(DeploymentRun run) {
        var document = new Document("id", run.id())
                .append("flow", run.flowId())
                .append("definition", run.definition())
                .append("queues", run.queues())
                .append("since", Date.from(run.since()))
                .append("declared", run.declared() == null ? null : Date.from(run.declared()))
                .append("next", run.next())
                .append("given_up", run.fate() == Fate.GIVEN_UP)
                .append("ending", run.fate() == Fate.ENDING)
                .append("loss", run.loss() == null ? null : write(run.loss()));
        put(document, "credentials", run.credentials());
        return document;
    }

    /** Leaves out what there is none of. */
    private static void put(Document document, String name, @Nullable Object value) {
        if (value != null && !List.of().equals(value)) {
            document.append(name, value);
        }
    }

    private static Document write(Loss loss) {
        return new Document("queues", loss.queues()).append("at", Date.from(loss.at()));
    }

    private static @Nullable Loss loss(@Nullable Document d) {
        return d == null
                ? null
                : new Loss(
                        d.getList("queues", String.class, List.of()),
                        d.getDate("at").toInstant());
    }

    private static Document write(Straggler straggler) {
        return new Document("run", straggler.run())
                .append("flow", straggler.flowId())
                .append("until", Date.from(straggler.until()));
    }

    static Owner owner(Document d) {
        return new Owner(d.getString("_id"), d.getString("t"), d.getString("k"), d.getString("w"));
    }

    static Deployment read(Document d) {
        var owner = owner(d);
        var progress = new Progress(
                d.get("wish", Number.class).longValue(),
                State.valueOf(d.getString("state")),
                d.getDate("since").toInstant(),
                // Releases without this field did not note it.
                d.get("started", (Number) 0L).longValue());
        var coming = d.get("coming", Document.class);
        var runs = new DeploymentRuns(
                readRuns(d.get("current"), owner),
                coming == null ? null : readRun(coming, owner),
                readRuns(d.get("draining"), owner));
        var stragglers = d.getList("stragglers", Document.class, List.of()).stream()
                .map(straggler -> new Straggler(
                        straggler.getString("run"),
                        flow(straggler, owner),
                        straggler.getDate("until").toInstant()))
                .toList();
        var revision = d.get("rev", Number.class).longValue();
        return new Deployment(owner, progress, runs, stragglers, instant(d.getDate("due")), revision, List.of());
    }

    /** None, one or several. */
    private static List<DeploymentRun> readRuns(@Nullable Object stored, Owner owner) {
        return switch (stored) {
            case null -> List.of();
            case Document one -> List.of(readRun(one, owner));
            case List<?> several ->
                several.stream().map(run -> readRun((Document) run, owner)).toList();
            default -> throw new IllegalArgumentException("The runs of " + owner.id() + " can not be read.");
        };
    }

    /** The release before this one knows of no owners but flows, and does not write which flow a run is of. */
    private static String flow(Document d, Owner owner) {
        return d.get("flow", owner.id());
    }

    private static DeploymentRun readRun(Document d, Owner owner) {
        var queues = d.getList("queues", String.class, List.of());
        var since = d.getDate("since").toInstant();
        // Releases without this field declared queues right after naming them.
        var declared = d.containsKey("declared") ? instant(d.getDate("declared")) : queues.isEmpty() ? null : since;
        return new DeploymentRun(
                d.getString("id"),
                flow(d, owner),
                d.getString("definition"),
                queues,
                d.getList("credentials", String.class, List.of()),
                since,
                declared,
                d.getString("next"),
                fate(d),
                loss(d.get("loss", Document.class)));
    }

    private static Fate fate(Document d) {
        if (d.getBoolean("given_up", false)) {
            return Fate.GIVEN_UP;
        }
        return d.getBoolean("ending", false) ? Fate.ENDING : Fate.SERVED;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
