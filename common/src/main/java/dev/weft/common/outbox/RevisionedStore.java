package dev.weft.common.outbox;

import dev.weft.common.event.Outgoing;
import java.util.List;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Stores documents that have a {@code revision} and, in their {@code outbox}, messages about them. Saving and
 * announcing is one write, and a change filters on the revision that it was decided on: so of two changes decided on
 * the same revision one is stored.
 */
public final class RevisionedStore {

    /** When the messages of a change are sent: some time after the save has returned, or before it returns. */
    public enum Telling {
        /** Soon: nobody waits for it. */
        AFTERWARDS,
        /**
         * When the write returns, if the broker is there: others must have heard of it before the caller's next
         * request.
         */
        BEFORE_REPLY
    }

    private final MongoTemplate mongo;
    private final OutboxRelay relay;
    private final String collection;
    private final Class<?> type;

    /** @param type which record the documents are mapped from; {@link Document} when the repository does that itself */
    public RevisionedStore(MongoTemplate mongo, OutboxRelay relay, String collection, Class<?> type) {
        this.mongo = mongo;
        this.relay = relay;
        this.collection = collection;
        this.type = type;
    }

    /** The document, as long as nobody has changed it since. */
    public static Query decidedOn(String id, long revision) {
        return Query.query(Criteria.where("_id").is(id).and("revision").is(revision));
    }

    /**
     * A new document, in whose outbox the facts are already; false when a unique index has such a one.
     */
    public boolean insert(String id, Object stored, Telling telling) {
        try {
            mongo.insert(stored, collection);
        } catch (DuplicateKeyException e) {
            return false;
        }
        tell(id, telling);
        return true;
    }

    /**
     * Changes one document and notes the facts in it.
     *
     * @param which the document {@code id}, and what must hold of it
     * @return false when there is none such: somebody was faster, and nothing was written
     * @throws DuplicateKeyException when a unique index refuses the change
     */
    public boolean write(String id, Query which, Update change, List<Outgoing> facts, Telling telling) {
        var announcing = OutboxField.announcing(change, facts);
        // The matched count decides and not the modified one: a change may set only values that are there already.
        if (mongo.updateFirst(which, announcing, type, collection).getMatchedCount() == 0) {
            return false;
        }
        if (!facts.isEmpty()) {
            tell(id, telling);
        }
        return true;
    }

    private void tell(String id, Telling telling) {
        switch (telling) {
            case AFTERWARDS -> relay.relay(collection, id);
            case BEFORE_REPLY -> relay.relayAndWait(collection, id);
        }
    }
}
