package dev.weft.workspace.contractrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.common.event.Outgoing;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.workspace.permission.ContractStanding;
import dev.weft.workspace.permission.RoleName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** Contracts in the collection {@code contracts}; every change filters on the revision it was decided on. */
@Repository
class MongoContractRepository implements ContractRepository {

    static final String COLLECTION = "contracts";
    private static final int SOME = 100;
    private static final List<String> VISIBLE = List.of("active", "suspending", "suspended");

    private final MongoTemplate mongo;
    private final RevisionedStore store;

    MongoContractRepository(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, StoredContract.class);
        var indexes = mongo.indexOps(COLLECTION);
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("members.user", Sort.Direction.ASC));
        indexes.createIndex(new Index("supportUser", Sort.Direction.ASC));
        indexes.createIndex(new Index("status", Sort.Direction.ASC));
        MongoContractRoles.index(indexes);
    }

    @Override
    public Optional<Contract> find(String id) {
        return Optional.ofNullable(mongo.findOne(visible(where("_id").is(id)), StoredContract.class))
                .map(StoredContract::read);
    }

    @Override
    public Optional<ContractStanding> inContract(String contractId, String userId) {
        var query = visible(where("_id").is(contractId));
        // Without custom_data, which may have a mebibyte: this is asked with every permission in the contract.
        query.fields().include("tenant", "status", "members");
        return Optional.ofNullable(mongo.findOne(query, StoredStanding.class, COLLECTION))
                .map(found -> found.of(contractId, userId));
    }

    @Override
    public FoundContracts list(ContractFilter filter, int skip, int size) {
        var query = visible(StoredContract.shown(filter));
        var total = mongo.count(query, StoredContract.class);
        query.with(Sort.by("_id")).skip(skip).limit(size);
        var found = BoundedPage.read(mongo, query, COLLECTION, this::contract);
        return new FoundContracts(found.items(), found.cut(), total);
    }

    private Contract contract(Document document) {
        return mongo.getConverter().read(StoredContract.class, document).read();
    }

    @Override
    public boolean insert(Contract contract) {
        try {
            mongo.insert(StoredContract.of(contract));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public void remove(String id) {
        mongo.remove(Query.query(where("_id").is(id)), StoredContract.class);
    }

    @Override
    public boolean save(Contract contract, List<Outgoing> facts) {
        // Also for one that is being deleted: its revision moved when its deletion was decided.
        var asDecided = RevisionedStore.decidedOn(contract.id(), contract.revision());
        return store.write(contract.id(), asDecided, StoredContract.of(contract).change(), facts, Telling.BEFORE_REPLY);
    }

    @Override
    public List<String> suspending() {
        return ids(Query.query(where("status").is("suspending")));
    }

    @Override
    public boolean isShared(String userId, String otherId) {
        return mongo.exists(visible(where("members.user").all(userId, otherId)), StoredContract.class);
    }

    @Override
    public boolean hold(String userId) {
        return mongo.exists(visible(where("members.user").is(userId)), StoredContract.class)
                || mongo.exists(visible(where("supportUser").is(userId)), StoredContract.class);
    }

    @Override
    public boolean isOwnerOfAny(@Nullable String tenantId, String userId) {
        var owned =
                where("members").elemMatch(where("user").is(userId).and("roles").is("owner"));
        return mongo.exists(
                visible(tenantId == null ? owned : owned.and("tenant").is(tenantId)), StoredContract.class);
    }

    @Override
    public List<String> ofMember(String userId) {
        return ids(visible(where("members.user").is(userId)));
    }

    @Override
    public Set<RoleName> rolesInUse(String tenantId, Set<RoleName> roles) {
        return new MongoContractRoles(mongo).inUse(tenantId, roles);
    }

    @Override
    public List<String> someOf(String tenantId) {
        return ids(visible(where("tenant").is(tenantId)).with(Sort.by("_id")).limit(SOME));
    }

    /** Without the contracts themselves, each of which may hold custom data of 1 MiB. */
    private List<String> ids(Query query) {
        query.fields().include("_id");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }

    static Query visible(Criteria criteria) {
        return Query.query(criteria.and("status").in(VISIBLE));
    }
}
