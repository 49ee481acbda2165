package dev.weft.workspace.oauthclient;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.crypto.Vault;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.RevisionedStore;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** OAuth clients in the collection {@code oauth_clients}. */
@Repository
class MongoOAuthClientRepository implements OAuthClientRepository {

    private final MongoTemplate mongo;
    private final Vault vault;

    MongoOAuthClientRepository(MongoTemplate mongo, Vault vault) {
        this.mongo = mongo;
        this.vault = vault;
        var indexes = mongo.indexOps(StoredOAuthClient.class);
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC)
                .on("component", Sort.Direction.ASC)
                .unique());
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
    }

    @Override
    public Optional<OAuthClient> find(String id) {
        return Optional.ofNullable(mongo.findById(id, StoredOAuthClient.class)).map(found -> found.toClient(vault));
    }

    @Override
    public FoundOAuthClients list(String tenantId, int skip, int size) {
        var query = query(where("tenant").is(tenantId));
        var total = mongo.count(query, StoredOAuthClient.class);
        query.with(Sort.by("_id")).skip(skip).limit(size);
        var found = BoundedPage.read(
                mongo,
                query,
                StoredOAuthClient.COLLECTION,
                document -> mongo.getConverter()
                        .read(StoredOAuthClient.class, document)
                        .toClient(vault));
        return new FoundOAuthClients(found.items(), found.cut(), total);
    }

    @Override
    public boolean insert(OAuthClient client) {
        try {
            mongo.insert(StoredOAuthClient.of(client, vault));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public boolean save(OAuthClient client) {
        var stored = StoredOAuthClient.of(client, vault);
        var change = new Update()
                .set("client_id", stored.clientId())
                .set("secret", stored.secret())
                .set("updated_at", stored.updatedAt())
                .inc("revision", 1);
        var asDecided = RevisionedStore.decidedOn(client.id(), client.revision());
        return mongo.updateFirst(asDecided, change, StoredOAuthClient.class).getMatchedCount() > 0;
    }

    @Override
    public void remove(String id) {
        mongo.remove(query(where("_id").is(id)), StoredOAuthClient.class);
    }

    @Override
    public void removeAllOf(String tenantId) {
        mongo.remove(query(where("tenant").is(tenantId)), StoredOAuthClient.class);
    }
}
