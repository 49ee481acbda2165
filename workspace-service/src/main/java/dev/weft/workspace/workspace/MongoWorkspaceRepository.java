package dev.weft.workspace.workspace;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.common.event.Outgoing;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.workspace.membership.Member;
import dev.weft.workspace.permission.WorkspaceStandings.WorkspaceStanding;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Workspaces in the collection {@code workspaces}; every change filters on the revision it was decided on. */
@Repository
class MongoWorkspaceRepository implements WorkspaceRepository {

    static final String COLLECTION = "workspaces";

    private static final int FEW = 8;

    private final MongoTemplate mongo;
    private final RevisionedStore store;

    MongoWorkspaceRepository(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, StoredWorkspace.class);
        var indexes = mongo.indexOps(COLLECTION);
        indexes.createIndex(new Index("contract", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("members.user", Sort.Direction.ASC));
    }

    @Override
    public Optional<Workspace> find(String id) {
        return Optional.ofNullable(mongo.findOne(visible(where("_id").is(id)), StoredWorkspace.class))
                .map(StoredWorkspace::read);
    }

    @Override
    public Optional<WorkspaceStanding> inWorkspace(String workspaceId, String userId) {
        return find(workspaceId).map(workspace -> {
            var member = workspace.members().find(userId);
            return new WorkspaceStanding(
                    workspaceId,
                    workspace.contractId(),
                    member.isPresent(),
                    member.map(Member::roles).orElse(List.of()));
        });
    }

    @Override
    public Found list(Filter filter, int skip, int size) {
        var criteria = new Criteria();
        if (filter.tenantId() != null) {
            criteria = criteria.and("tenant").is(filter.tenantId());
        }
        if (filter.contractId() != null) {
            criteria = criteria.and("contract").is(filter.contractId());
        }
        if (filter.memberId() != null) {
            criteria = criteria.and("members.user").is(filter.memberId());
        }
        var query = visible(criteria);
        var total = mongo.count(query, StoredWorkspace.class);
        query.with(Sort.by("_id")).skip(skip).limit(size);
        var found = BoundedPage.read(
                mongo,
                query,
                COLLECTION,
                document -> mongo.getConverter()
                        .read(StoredWorkspace.class, document)
                        .read());
        return new Found(found.items(), found.cut(), total);
    }

    @Override
    public List<String> ofUser(String userId) {
        return ids(visible(where("members.user").is(userId)));
    }

    @Override
    public List<String> ofMember(String contractId, String userId) {
        return ids(ofContract(contractId, userId));
    }

    @Override
    public List<Membership> memberships(String userId, String otherId) {
        return each(
                visible(where("members.user").is(userId)),
                workspace -> workspace.members().find(userId).stream()
                        .map(member -> new Membership(
                                workspace.tenantId(),
                                member,
                                workspace.members().has(otherId))));
    }

    @Override
    public boolean useRole(String contractId, String role) {
        return mongo.exists(
                visible(where("contract").is(contractId).and("members.roles").is(role)), StoredWorkspace.class);
    }

    @Override
    public List<String> ownedOnlyBy(String contractId, String userId) {
        return each(
                ofContract(contractId, userId),
                workspace -> workspace.members().hasNoOwnerBut(userId) ? Stream.of(workspace.id()) : Stream.empty());
    }

    @Override
    public boolean insert(Workspace workspace, List<Outgoing> facts) {
        return store.insert(workspace.id(), StoredWorkspace.of(workspace, facts), Telling.AFTERWARDS);
    }

    @Override
    public boolean save(Workspace workspace, List<Outgoing> facts) {
        var stored = StoredWorkspace.of(workspace, facts);
        var update = new Update()
                .set("name", stored.name())
                .set("type", stored.type())
                .set("state", stored.state())
                .set("flowStats", stored.flowStats())
                .set("members", stored.members())
                .inc("revision", 1);
        var asDecided = RevisionedStore.decidedOn(workspace.id(), workspace.revision());
        return store.write(workspace.id(), asDecided, update, facts, Telling.BEFORE_REPLY);
    }

    private static Query ofContract(String contractId, String userId) {
        return visible(where("contract").is(contractId).and("members.user").is(userId));
    }

    private List<String> ids(Query query) {
        query.fields().include("_id");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }

    /** A few of them in memory at a time. */
    private <T> List<T> each(Query query, Function<Workspace, Stream<T>> wanted) {
        try (var found = mongo.stream(query.cursorBatchSize(FEW), StoredWorkspace.class)) {
            return found.map(StoredWorkspace::read).flatMap(wanted).toList();
        }
    }

    private static Query visible(Criteria criteria) {
        return Query.query(criteria.and("state").is("active"));
    }
}
