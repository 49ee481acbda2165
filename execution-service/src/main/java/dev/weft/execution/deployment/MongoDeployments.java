package dev.weft.execution.deployment;

import dev.weft.common.outbox.OutboxField;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.execution.deployment.Deployment.State;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
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
                .map(StoredDeployment::read);
    }

    @Override
    public List<Deployment.Owner> owners(Collection<String> ownerIds) {
        var query = Query.query(Criteria.where("_id").in(ownerIds));
        query.fields().include("t", "k", "w");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(StoredDeployment::owner)
                .toList();
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
        var document = StoredDeployment.write(run, run.revision() + 1);
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
        StoredDeployment.IF_ANY.stream()
                .filter(name -> !document.containsKey(name))
                .forEach(update::unset);
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
                        .and(OutboxField.NAME)
                        .size(0)),
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
                        .and(OutboxField.NAME)
                        .size(0)),
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
}
