package dev.weft.identity.secret;

import dev.weft.common.crypto.Vault;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** Secrets in the collection {@code secrets}, encrypted; the unique name decides which replica's value counts. */
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
            // When replicas start at once, the first insert wins, and all use its value.
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
        // Authenticated with the ciphertext, so that one stored secret can not be put in place of another.
        return "identity/secrets/" + name;
    }
}
