package dev.weft.workspace.deletion;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxField;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.workspace.deletion.DeletingPlace.Asked;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Deletions in the records of what is deleted: {@code acknowledged: ["flow-service"]} and {@code asked: {since, times,
 * next}} beside a state of {@code deleting}, then {@code deleted} until its end is told. A record that an older release
 * left in deletion has neither, and is taken up like any other.
 */
@Repository
class MongoDeletingPlaces implements DeletingPlaces {

    private static final String DELETING = "deleting";
    private static final String DELETED = "deleted";

    private final MongoTemplate mongo;
    private final RevisionedStore contracts;
    private final RevisionedStore workspaces;

    MongoDeletingPlaces(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.contracts = new RevisionedStore(mongo, relay, "contracts", Document.class);
        this.workspaces = new RevisionedStore(mongo, relay, "workspaces", Document.class);
        for (var scope : List.of(DeletionScope.CONTRACT, DeletionScope.WORKSPACE)) {
            mongo.indexOps(collection(scope))
                    .createIndex(new Index(state(scope), Sort.Direction.ASC).on("asked.next", Sort.Direction.ASC));
        }
    }

    private static String collection(DeletionScope scope) {
        return switch (scope) {
            case CONTRACT -> "contracts";
            case WORKSPACE -> "workspaces";
            case USER, MEMBERSHIP -> throw new IllegalArgumentException("Nobody waits for the deletion of a " + scope);
        };
    }

    /** The name of the field. */
    private static String state(DeletionScope scope) {
        return scope == DeletionScope.CONTRACT ? "status" : "state";
    }

    private RevisionedStore store(DeletionScope scope) {
        return scope == DeletionScope.CONTRACT ? contracts : workspaces;
    }

    @Override
    public Optional<DeletingPlace> find(DeletionScope scope, String id) {
        return read(scope, Query.query(deleting(scope).and("_id").is(id))).stream()
                .findFirst();
    }

    @Override
    public List<DeletingPlace> all(DeletionScope scope, int most) {
        return read(
                scope, Query.query(deleting(scope)).with(Sort.by("asked.next")).limit(most));
    }

    private static Criteria deleting(DeletionScope scope) {
        return where(state(scope)).is(DELETING);
    }

    private List<DeletingPlace> read(DeletionScope scope, Query query) {
        query.fields().include("tenant", "contract", "revision", "members.user", "acknowledged", "asked");
        return mongo.find(query, Document.class, collection(scope)).stream()
                .map(stored -> read(scope, stored))
                .toList();
    }

    private static DeletingPlace read(DeletionScope scope, Document stored) {
        var id = stored.getString("_id");
        return new DeletingPlace(
                scope,
                id,
                stored.getString("tenant"),
                scope == DeletionScope.CONTRACT ? id : stored.getString("contract"),
                stored.get("revision", Number.class).longValue(),
                stored.getList("members", Document.class, List.of()).stream()
                        .map(member -> member.getString("user"))
                        .toList(),
                Set.copyOf(stored.getList("acknowledged", String.class, List.of())),
                asked(stored.get("asked", Document.class)));
    }

    private static @Nullable Asked asked(@Nullable Document stored) {
        return stored == null
                ? null
                : new Asked(
                        stored.getDate("since").toInstant(),
                        stored.get("times", Number.class).intValue(),
                        stored.getDate("next").toInstant());
    }

    @Override
    public void acknowledge(DeletionScope scope, String id, String service) {
        mongo.updateFirst(
                Query.query(deleting(scope).and("_id").is(id)),
                new Update().addToSet("acknowledged", service),
                collection(scope));
    }

    @Override
    public void ask(DeletingPlace place, Asked asked, List<Outgoing> facts) {
        var scope = place.scope();
        var before = place.asked();
        var as = deleting(scope).and("_id").is(place.id());
        // Of two replicas that look at once one asks.
        var unchanged = before == null
                ? as.and("asked").exists(false)
                : as.and("asked.times").is(before.times());
        store(scope)
                .write(
                        place.id(),
                        Query.query(unchanged),
                        new Update().set("asked", stored(asked)),
                        facts,
                        Telling.AFTERWARDS);
    }

    private static Document stored(Asked asked) {
        return new Document("since", Date.from(asked.since()))
                .append("times", asked.times())
                .append("next", Date.from(asked.next()));
    }

    @Override
    public void end(DeletingPlace place, Outgoing fact) {
        var scope = place.scope();
        var still = Query.query(deleting(scope).and("_id").is(place.id()));
        var ended = new Update().set(state(scope), DELETED);
        if (store(scope).write(place.id(), still, ended, List.of(fact), Telling.BEFORE_REPLY)) {
            mongo.remove(Query.query(told(scope).and("_id").is(place.id())), collection(scope));
        }
    }

    @Override
    public void removeEnded(DeletionScope scope) {
        mongo.remove(Query.query(told(scope)), collection(scope));
    }

    /** The record is what tells of its own end, so it stays until that is told. */
    private static Criteria told(DeletionScope scope) {
        return where(state(scope)).is(DELETED).and(OutboxField.NAME).size(0);
    }

    @Override
    public void hideWorkspacesOf(String contractId, Instant now) {
        mongo.updateMulti(
                Query.query(where("contract").is(contractId).and("state").is("active")),
                new Update()
                        .set("state", DELETING)
                        .set("asked", stored(new Asked(now, 0, now)))
                        .inc("revision", 1),
                "workspaces");
    }

    @Override
    public List<DeletingPlace> untoldWorkspacesOf(String contractId, Instant now, int most) {
        var untold = deleting(DeletionScope.WORKSPACE)
                .and("contract")
                .is(contractId)
                .and("asked.next")
                .lte(Date.from(now));
        return read(DeletionScope.WORKSPACE, Query.query(untold).limit(most));
    }

    @Override
    public boolean hasWorkspaces(String contractId) {
        return mongo.exists(Query.query(where("contract").is(contractId)), "workspaces");
    }
}
