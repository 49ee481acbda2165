package dev.weft.identity.apikey;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** API keys in the collection {@code api_keys}. */
@Repository
class MongoApiKeyRepository implements ApiKeyRepository {

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final Clock clock;

    MongoApiKeyRepository(MongoTemplate mongo, OutboxRelay relay, Clock clock) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, StoredApiKey.COLLECTION, StoredApiKey.class);
        this.clock = clock;
        mongo.indexOps(StoredApiKey.class).createIndex(new Index("hash", Sort.Direction.ASC).unique());
    }

    @Override
    public boolean isKeyOf(String userId, String key) {
        var stored = mongo.findById(userId, StoredApiKey.class);
        // Compared in constant time: the time of a refusal must not tell how much of the digest was right.
        return stored != null && MessageDigest.isEqual(bytes(stored.hash()), bytes(Ids.sha256(key)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void replace(String userId, String key, Outgoing fact) {
        // A fast digest suffices, and every call computes it: a key has 256 random bits and can not be guessed.
        var stored = new StoredApiKey(userId, Ids.sha256(key), clock.instant(), List.of(fact));
        if (!change(stored, fact) && !store.insert(userId, stored, Telling.BEFORE_REPLY)) {
            // Two first keys at once: the record exists now, and the later key replaces the earlier one.
            change(stored, fact);
        }
    }

    /** False when the user has none. */
    private boolean change(StoredApiKey key, Outgoing fact) {
        var change = new Update().set("hash", key.hash()).set("created_at", key.createdAt());
        var ofUser = query(where("_id").is(key.userId()));
        return store.write(key.userId(), ofUser, change, List.of(fact), Telling.BEFORE_REPLY);
    }

    @Override
    public void addFirst(String userId, String key) {
        if (mongo.findById(userId, StoredApiKey.class) != null) {
            return;
        }
        try {
            mongo.insert(new StoredApiKey(userId, Ids.sha256(key), clock.instant(), List.of()));
        } catch (DuplicateKeyException e) {
            // Another replica was faster, and has stored the same key.
            return;
        }
    }

    @Override
    public void remove(String userId) {
        mongo.remove(query(where("_id").is(userId)), StoredApiKey.class);
    }
}
