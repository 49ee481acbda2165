package dev.weft.common.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long the store may take for an answer. Without such a limit the driver waits for ever for a store that hangs with
 * its connections open: every thread that asks would be lost, single ones (such as those of duties) included.
 *
 * @param silence for each answer, and so for each batch of a cursor
 */
public record StoreTimeLimit(Duration silence) {

    static final StoreTimeLimit USUAL = new StoreTimeLimit(Duration.ofSeconds(30));
    private static final Duration INDEX = Duration.ofHours(12);
    private static final Duration MANY = Duration.ofMinutes(5);

    /** What the address of the store names holds. */
    void applyTo(MongoClientSettings.Builder settings, ConnectionString address) {
        if (address.getSocketTimeout() == null && address.getTimeout() == null) {
            settings.applyToSocketSettings(socket -> socket.readTimeout(silence.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** To make an index: a store of one's own may hold as many documents as it likes, and is silent until it is done. */
    public static <T> MongoCollection<T> ofIndexes(MongoCollection<T> collection) {
        return collection.withTimeout(INDEX.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** To change or delete as many documents as there happen to be. */
    public static <T> MongoCollection<T> ofMany(MongoCollection<T> collection) {
        return collection.withTimeout(MANY.toMillis(), TimeUnit.MILLISECONDS);
    }
}
