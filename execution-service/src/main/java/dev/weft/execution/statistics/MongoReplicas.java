package dev.weft.execution.statistics;

import dev.weft.common.duty.Duty;
import dev.weft.common.id.Ids;
import dev.weft.execution.queue.EnginePhase;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The processes of this service that may hold messages. Each registers in the store before it consumes and leaves
 * after: {@code replicas: {_id, until}}. One that dies stays registered for longer than the broker takes to notice its
 * death.
 */
@Configuration
class MongoReplicas implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MongoReplicas.class);
    private static final String COLLECTION = "replicas";
    private static final Duration TERM = Duration.ofSeconds(60);

    private final MongoTemplate mongo;
    private final Clock clock;
    private final String own;
    private volatile boolean running;

    MongoReplicas(MongoTemplate mongo, Clock clock, Ids ids) {
        this.mongo = mongo;
        this.clock = clock;
        this.own = ids.nextHex32();
    }

    @Bean
    Duty replicaHeartbeat() {
        return Duty.ofProcess("replica-heartbeat", Duration.ofSeconds(10), this::tell);
    }

    String own() {
        return own;
    }

    /** All that may hold something, this one included. */
    Set<String> all() {
        var ids = new HashSet<String>();
        ids.add(own);
        for (var replica : mongo.find(
                Query.query(Criteria.where("until").gt(Date.from(clock.instant()))), Document.class, COLLECTION)) {
            ids.add(replica.getString("_id"));
        }
        return ids;
    }

    private void tell() {
        var now = clock.instant();
        mongo.upsert(
                Query.query(Criteria.where("_id").is(own)),
                new Update().set("until", Date.from(now.plus(TERM))),
                COLLECTION);
        mongo.remove(Query.query(Criteria.where("until").lt(Date.from(now.minus(TERM)))), COLLECTION);
    }

    @Override
    public void start() {
        tell();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            mongo.remove(Query.query(Criteria.where("_id").is(own)), COLLECTION);
        } catch (DataAccessException e) {
            log.debug("The store is away; this replica counts for a minute longer: {}", e.toString());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the work begins, and after it has ended. */
    @Override
    public int getPhase() {
        return EnginePhase.PUBLISHING;
    }
}
