package dev.weft.workspace.workspacerecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.common.event.Outgoing;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.workspace.membership.Member;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.permission.WorkspaceStanding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** Workspaces in the collection {@code workspaces}; every change filters on the revision it was decided on. */
@Repository
class MongoWorkspaceRepository implements WorkspaceRepository {

    static final String COLLECTION = "workspaces";

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final MongoWorkspaceMembers members;

    MongoWorkspaceRepository(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, StoredWorkspace.class);
        this.members = new MongoWorkspaceMembers(mongo);
        var indexes = mongo.indexOps(COLLECTION);
        indexes.createIndex(new Index("contract", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("members.user", Sort.Direction.ASC));
        indexes.createIndex(new Index("type", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC).on("members.roles", Sort.Direction.ASC));
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
    public FoundWorkspaces list(WorkspaceFilter filter, int skip, int size) {
        var query = visible(StoredWorkspace.shown(filter));
        var total = mongo.count(query, StoredWorkspace.class);
        query.with(Sort.by("_id")).skip(skip).limit(size);
        var found = BoundedPage.read(
                mongo,
                query,
                COLLECTION,
                document -> mongo.getConverter()
                        .read(StoredWorkspace.class, document)
                        .read());
        return new FoundWorkspaces(found.items(), found.cut(), total);
    }

    @Override
    public List<String> ofUser(String userId) {
        return members.ofUser(userId);
    }

    @Override
    public List<String> ofType(WorkspaceType type, String last, int most) {
        return members.ids(visible(where("type").is(type.wire()).and("_id").gt(last))
                .with(Sort.by("_id"))
                .limit(most));
    }

    @Override
    public List<String> ofMember(String contractId, String userId) {
        return members.ofMember(contractId, userId);
    }

    @Override
    public List<SharedMembership> memberships(String userId, String otherId) {
        return members.shared(userId, otherId);
    }

    @Override
    public boolean useRole(String contractId, String role) {
        return mongo.exists(
                visible(where("contract").is(contractId).and("members.roles").is(role)), StoredWorkspace.class);
    }

    @Override
    public Set<RoleName> rolesInUse(String tenantId, Set<RoleName> roles) {
        return members.rolesInUse(tenantId, roles);
    }

    @Override
    public List<String> ownedOnlyBy(String contractId, String userId) {
        return members.ownedOnlyBy(contractId, userId);
    }

    @Override
    public boolean insert(Workspace workspace, List<Outgoing> facts) {
        return store.insert(workspace.id(), StoredWorkspace.of(workspace, facts), Telling.AFTERWARDS);
    }

    @Override
    public boolean save(Workspace workspace, List<Outgoing> facts) {
        var asDecided = RevisionedStore.decidedOn(workspace.id(), workspace.revision());
        return store.write(
                workspace.id(), asDecided, StoredWorkspace.of(workspace, facts).change(), facts, Telling.BEFORE_REPLY);
    }

    static Query visible(Criteria criteria) {
        return Query.query(criteria.and("state").is("active"));
    }
}
