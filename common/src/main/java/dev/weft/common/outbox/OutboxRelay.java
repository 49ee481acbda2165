package dev.weft.common.outbox;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.MessagingNames;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Sends the messages in outboxes: at once after a repository saved a document ({@link #relay}), and by a sweep for what
 * a crash or an absent broker left behind. A message leaves the document only after the broker confirmed it; sending it
 * twice is possible and harmless, since consumers are idempotent.
 */
public final class OutboxRelay {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);
    private static final int AT_ONCE = 100;
    private static final Set<String> REPLACED_BY_NEWER = Arrays.stream(Fact.values())
            .filter(Fact::isReplacedByNewer)
            .map(Fact::wire)
            .collect(Collectors.toUnmodifiableSet());

    private final MongoTemplate mongo;
    private final ConfirmedPublisher publisher;
    private final Clock clock;
    private final List<OutboxCollection> collections;

    OutboxRelay(MongoTemplate mongo, ConfirmedPublisher publisher, Clock clock, List<OutboxCollection> collections) {
        this.mongo = mongo;
        this.publisher = publisher;
        this.clock = clock;
        this.collections = collections;
        for (var collection : collections) {
            mongo.indexOps(collection.name()).createIndex(new Index("outbox.at", Sort.Direction.ASC).sparse());
        }
    }

    /** Sends the messages of one document without making the caller wait; a failure is left to the sweep. */
    public void relay(String collection, String id) {
        try {
            Thread.ofVirtual().name("outbox-" + id).start(() -> sendQuietly(collection, id));
        } catch (OutOfMemoryError e) {
            // No thread could be started. The document is saved, so the caller need not repeat anything.
            log.debug("A message of {} {} waits for the sweep", collection, id, e);
        }
    }

    /**
     * Sends the messages of one document and returns when the broker has them; for what must be heard before a reply.
     *
     * @return false when something is left to the sweep
     */
    public boolean relayAndWait(String collection, String id) {
        return sendQuietly(collection, id);
    }

    /** @throws AmqpException when something is left: then this comes again after a longer pause, and is seen to fail */
    void sweep() {
        var refused = new ArrayList<String>();
        for (var collection : collections) {
            var left = Query.query(
                            Criteria.where("outbox.at").lt(clock.instant().minus(LEFT_BEHIND)))
                    .limit(AT_ONCE);
            left.fields().include("_id");
            for (var document : mongo.find(left, Document.class, collection.name())) {
                var id = document.getString("_id");
                try {
                    send(collection.name(), id);
                } catch (ConfirmedPublisher.RefusedException e) {
                    // This message is to blame and not the broker, so the others go on.
                    refused.add(collection.name() + " " + id + ": " + e.getMessage());
                }
            }
        }
        if (!refused.isEmpty()) {
            throw new AmqpException(
                    refused.size() + " documents have messages that the broker refuses; " + refused.getFirst());
        }
    }

    private boolean sendQuietly(String collection, String id) {
        try {
            send(collection, id);
            return true;
        } catch (RuntimeException | Error e) {
            // Whatever it is, the sweep tries again soon and reports it.
            log.debug("A message of {} {} waits for the sweep: {}", collection, id, e.getMessage());
            return false;
        }
    }

    private void send(String collection, String id) {
        var query = Query.query(Criteria.where("_id").is(id));
        query.fields().include(OutboxField.NAME);
        var document = mongo.findOne(query, Document.class, collection);
        if (document == null) {
            return;
        }
        var waiting = OutboxField.read(document);
        for (var n = 0; n < waiting.size(); n++) {
            var message = waiting.get(n);
            if (isReplaced(message, waiting.subList(n + 1, waiting.size()))) {
                continue;
            }
            publisher.publish(message);
            // Removed only after the confirm: a crash in between sends the message twice; the other order would lose
            // it. Older messages that it replaces are removed with it, and not before: after a crash until now they
            // would have been all there is.
            var done = waiting.subList(0, n + 1).stream()
                    .filter(older -> older.equals(message) || isReplaced(older, List.of(message)))
                    .map(Outgoing::id)
                    .toList();
            mongo.updateFirst(
                    Query.query(Criteria.where("_id").is(id)),
                    new Update().pull(OutboxField.NAME, new Document("id", new Document("$in", done))),
                    collection);
        }
    }

    /** Whether one of the newer messages of its document says all that it does. */
    private static boolean isReplaced(Outgoing message, List<Outgoing> newer) {
        return message.exchange().equals(MessagingNames.EVENTS)
                && REPLACED_BY_NEWER.contains(message.key())
                && newer.stream().anyMatch(other -> other.key().equals(message.key()));
    }
}
