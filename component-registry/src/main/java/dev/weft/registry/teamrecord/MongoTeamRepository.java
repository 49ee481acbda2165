package dev.weft.registry.teamrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.crypto.Vault;
import dev.weft.common.event.Outgoing;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Teams in the collection {@code teams}; every change filters on the revision it was decided on. */
@Repository
class MongoTeamRepository implements TeamRepository {

    static final String COLLECTION = "teams";

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final StoredTeams locked;

    MongoTeamRepository(MongoTemplate mongo, OutboxRelay relay, Vault vault) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, StoredTeam.class);
        this.locked = new StoredTeams(vault);
        var indexes = mongo.indexOps(COLLECTION);
        // Unique within the tenant: a command begins with a team's name, and each tenant has its own teams.
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC)
                .on("name", Sort.Direction.ASC)
                .unique());
        indexes.createIndex(new Index("contract", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
    }

    @Override
    public Optional<Team> find(String id) {
        return Optional.ofNullable(mongo.findById(id, StoredTeam.class)).map(locked::read);
    }

    @Override
    public FoundTeams list(TeamListing listing, @Nullable String memberId) {
        var query = query(of(listing.contractId(), memberId));
        var total = mongo.count(query, COLLECTION);
        query.with(Sort.by("_id")).skip(listing.skip()).limit(listing.size());
        // Lists do not show credentials, so they are neither read nor decrypted.
        query.fields().exclude("registryCredentials", "outbox");
        var found = BoundedPage.read(mongo, query, COLLECTION, this::listed);
        return new FoundTeams(found.items(), found.cut(), total);
    }

    private static Criteria of(String contractId, @Nullable String memberId) {
        var ofContract = where("contract").is(contractId);
        return memberId == null ? ofContract : ofContract.and("members").is(memberId);
    }

    private Team listed(Document document) {
        return locked.read(mongo.getConverter().read(StoredTeam.class, document.append("outbox", List.of())));
    }

    @Override
    public List<String> ofMember(String contractId, String userId) {
        var query = query(of(contractId, userId)).with(Sort.by("_id"));
        query.fields().include("_id");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }

    @Override
    public boolean insert(Team team, List<Outgoing> facts) {
        return store.insert(team.id(), locked.store(team, facts), Telling.AFTERWARDS);
    }

    @Override
    public TeamSaving save(Team team, List<Outgoing> facts) {
        var stored = locked.store(team, facts);
        var update = new Update()
                .set("name", stored.name())
                .set("registryUri", stored.registryUri())
                .set("registryCredentials", stored.registryCredentials())
                .set("members", stored.members())
                .set("revision", stored.revision());
        // A changed team has counted its revision up, so the store must still have the one before.
        var asDecided = RevisionedStore.decidedOn(team.id(), team.revision() - 1);
        try {
            return store.write(team.id(), asDecided, update, facts, Telling.BEFORE_REPLY)
                    ? TeamSaving.DONE
                    : TeamSaving.OUTPACED;
        } catch (DuplicateKeyException e) {
            return TeamSaving.NAME_TAKEN;
        }
    }

    @Override
    public void remove(String id) {
        mongo.remove(query(where("_id").is(id)), StoredTeam.class);
    }

    @Override
    public void removeAllOf(String contractId) {
        mongo.remove(query(where("contract").is(contractId)), StoredTeam.class);
    }
}
