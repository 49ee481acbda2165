package dev.weft.identity.serviceaccount;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.id.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Repository;

/** Service accounts in the collection {@code service_accounts}. */
@Repository
class MongoServiceAccountRepository implements ServiceAccountRepository {

    private final MongoTemplate mongo;
    private final Ids ids;
    private final Clock clock;

    MongoServiceAccountRepository(MongoTemplate mongo, Ids ids, Clock clock) {
        this.mongo = mongo;
        this.ids = ids;
        this.clock = clock;
        mongo.indexOps(StoredServiceAccount.class).createIndex(new Index("login", Sort.Direction.ASC).unique());
    }

    @Override
    public Optional<ServiceAccount> authenticate(String login, String password) {
        var stored = find(normal(login));
        if (stored == null || !MessageDigest.isEqual(bytes(stored.hash()), bytes(Ids.sha256(password)))) {
            return Optional.empty();
        }
        return Optional.of(new ServiceAccount(stored.id(), stored.login()));
    }

    private @Nullable StoredServiceAccount find(String login) {
        return mongo.findOne(query(where("login").is(login)), StoredServiceAccount.class);
    }

    private static String normal(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void addFirst(String login, String password) {
        if (find(normal(login)) != null) {
            return;
        }
        try {
            mongo.insert(new StoredServiceAccount(ids.next(), normal(login), Ids.sha256(password), clock.instant()));
        } catch (DuplicateKeyException e) {
            // Another replica was faster, and has stored the same account.
            return;
        }
    }
}
