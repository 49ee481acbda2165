package dev.weft.execution.deployment;

import dev.weft.common.outbox.OutboxField;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.Progress;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.Deployment.Straggler;
import dev.weft.execution.deployment.DeploymentRun.Loss;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Deployments in MongoDB, one document an owner: {@code flow_runs}. */
@Repository
public class MongoDeployments implements Deployments {

    /** Of ids at once: more than may be stuck together, or those behind them would not be looked at. */
    private static final int MOST = 10_000;

    /** What a document has only while there is some of it: a sparse index would hold null, and an empty list too. */
    private static final List<String> IF_ANY = List.of("current", "coming", "draining", "stragglers", "due", "lost");

    private final MongoTemplate mongo;
    private final RevisionedStore store;

    public MongoDeployments(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, Document.class);
        var indexes = mongo.indexOps(COLLECTION);
        indexes.createIndex(new Index("state", Sort.Direction.ASC).on("since", Sort.Direction.ASC));
        indexes.createIndex(new Index("due", Sort.Direction.ASC).sparse());
        indexes.createIndex(new Index("current.credentials", Sort.Direction.ASC).sparse());
        indexes.createIndex(new Index("draining.id", Sort.Direction.ASC).sparse());
        indexes.createIndex(new Index("stragglers.until", Sort.Direction.ASC).sparse());
        indexes.createIndex(new Index("lost", Sort.Direction.ASC).sparse());
        indexes.createIndex(new Index("w", Sort.Direction.ASC));
    }

    @Override
    public Optional<Deployment> find(String ownerId) {
        return Optional.ofNullable(mongo.findById(ownerId, Document.class, COLLECTION))
                .map(MongoDeployments::read);
    }

    @Override
    public boolean save(Deployment run) {
        return save(run, Telling.AFTERWARDS);
    }

    @Override
    public boolean saveAndTell(Deployment run) {
        return save(run, Telling.BEFORE_REPLY);
    }

    private boolean save(Deployment run, Telling telling) {
        var id = run.owner().id();
        var document = write(run, run.revision() + 1);
        if (run.revision() == 0) {
            // Another replica may insert the document at the same moment, from the same first command.
            return store.insert(id, document, telling);
        }
        var update = new Update();
        document.forEach((name, value) -> {
            if (!name.equals("_id") && !name.equals(OutboxField.NAME)) {
                update.set(name, value);
            }
        });
        IF_ANY.stream().filter(name -> !document.containsKey(name)).forEach(update::unset);
        var unchanged = Criteria.where("_id").is(id).and("rev").is(run.revision());
        return store.write(id, Query.query(unchanged), update, run.outbox(), telling);
    }

    @Override
    public void forgetDeleted(Instant before) {
        mongo.remove(
                Query.query(Criteria.where("state")
                        .is(State.DELETED.name())
                        .and("since")
                        .lt(before)
                        // Deployments with events to publish come first.
                        .and(OutboxField.NAME + ".id")
                        .exists(false)),
                COLLECTION);
    }

    @Override
    public List<String> open() {
        return ids(Query.query(
                Criteria.where("state").in(State.ACTIVE.name(), State.UPDATING.name(), State.STARTING.name())));
    }

    @Override
    public List<String> pending(Instant before, int most) {
        return ids(Query.query(Criteria.where("state")
                        .in(
                                State.STARTING.name(),
                                State.UPDATING.name(),
                                State.STOPPING.name(),
                                State.SUSPENDING.name(),
                                State.DELETING.name())
                        .and("since")
                        .lt(before))
                .with(Sort.by("since"))
                .limit(most));
    }

    @Override
    public List<String> withDrainingRuns() {
        return ids(Query.query(Criteria.where("draining.id").exists(true)).limit(MOST));
    }

    @Override
    public List<String> withStragglers() {
        return ids(Query.query(Criteria.where("stragglers.until").exists(true)).limit(MOST));
    }

    @Override
    public List<String> withLostQueues() {
        return ids(Query.query(Criteria.where("lost").is(true)).limit(MOST));
    }

    @Override
    public List<String> due(Instant now, int limit) {
        return ids(
                Query.query(Criteria.where("due").lte(now)).with(Sort.by("due")).limit(limit));
    }

    @Override
    public List<String> ofWorkspace(String workspaceId) {
        return ids(Query.query(Criteria.where("w").is(workspaceId)));
    }

    @Override
    public void forgetEnded(String workspaceId) {
        mongo.remove(
                Query.query(Criteria.where("w")
                        .is(workspaceId)
                        .and("state")
                        .is(State.DELETED.name())
                        .and("stragglers")
                        .exists(false)
                        .and(OutboxField.NAME + ".id")
                        .exists(false)),
                COLLECTION);
    }

    @Override
    public List<String> using(String credentialId) {
        return ids(Query.query(Criteria.where("current.credentials").is(credentialId)));
    }

    private List<String> ids(Query query) {
        query.fields().include("_id");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }

    private static Document write(Deployment run, long revision) {
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
                run.draining().stream().map(MongoDeployments::write).toList());
        put(
                document,
                "stragglers",
                run.stragglers().stream().map(MongoDeployments::write).toList());
        put(document, "due", run.due() == null ? null : Date.from(run.due()));
        put(document, "lost", run.named().stream().anyMatch(named -> named.loss() != null) ? true : null);
        return document;
    }

    /** One is no list: the release before this one writes and reads it so, and knows of no owner with several. */
    private static @Nullable Object writeInForce(List<DeploymentRun> runs) {
        return switch (runs.size()) {
            case 0 -> null;
            case 1 -> write(runs.getFirst());
            default -> runs.stream().map(MongoDeployments::write).toList();
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

    private static Deployment read(Document d) {
        var owner = new Owner(d.getString("_id"), d.getString("t"), d.getString("k"), d.getString("w"));
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
