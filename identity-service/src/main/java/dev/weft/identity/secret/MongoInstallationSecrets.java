package dev.weft.identity.secret;

import dev.weft.common.crypto.Vault;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** Secrets in the collection {@code secrets}, encrypted; the unique name decides between replicas. */
@Repository
class MongoInstallationSecrets implements InstallationSecrets {

    private final MongoTemplate mongo;
    private final Vault vault;
    private final Clock clock;

    MongoInstallationSecrets(MongoTemplate mongo, Vault vault, Clock clock) {
        this.mongo = mongo;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public String getOrMake(String name, Supplier<String> maker) {
        var stored = mongo.findById(name, StoredSecret.class);
        if (stored == null) {
            stored = insertOrRead(new StoredSecret(name, vault.lock(maker.get(), contextOf(name)), clock.instant()));
        }
        return vault.unlock(stored.locked(), contextOf(name));
    }

    private StoredSecret insertOrRead(StoredSecret mine) {
        try {
            // Of replicas that start at once one is first, and all take what that one wrote.
            return mongo.insert(mine);
        } catch (DuplicateKeyException e) {
            var other = mongo.findById(mine.name(), StoredSecret.class);
            if (other == null) {
                throw e;
            }
            return other;
        }
    }

    private static String contextOf(String name) {
        // Bound into the cipher text: in the store one secret can not be put in the place of another.
        return "identity/secrets/" + name;
    }
}
