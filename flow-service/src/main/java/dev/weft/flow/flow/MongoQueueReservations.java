package dev.weft.flow.flow;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Reservations in the collection {@code queue_reservations}, one document a contract: {@code {_id: contract, reserved:
 * [{id, flow, queues, until}]}}. Of changes at the same time, the order in the array decides which one has room.
 */
@Repository
class MongoQueueReservations implements QueueReservations {

    static final String COLLECTION = "queue_reservations";

    private static final String RESERVED = "reserved";

    private final MongoTemplate mongo;

    MongoQueueReservations(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public List<QueueReservation> add(String contractId, QueueReservation reservation) {
        try {
            return push(contractId, reservation);
        } catch (DuplicateKeyException e) {
            // Two upserts inserted the same new document; it exists now.
            return push(contractId, reservation);
        }
    }

    private List<QueueReservation> push(String contractId, QueueReservation reservation) {
        var one = new Document("id", reservation.id())
                .append("flow", reservation.flowId())
                .append("queues", reservation.queues())
                .append("until", Date.from(reservation.until()));
        var noted = mongo.findAndModify(
                query(where("_id").is(contractId)),
                new Update().push(RESERVED, one),
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                Document.class,
                COLLECTION);
        return noted == null
                ? List.of(reservation)
                : noted.getList(RESERVED, Document.class, List.of()).stream()
                        .map(MongoQueueReservations::reservation)
                        .toList();
    }

    @Override
    public void removeAll(String contractId) {
        mongo.remove(query(where("_id").is(contractId)), COLLECTION);
    }

    private static QueueReservation reservation(Document stored) {
        return new QueueReservation(
                stored.getString("id"),
                stored.getString("flow"),
                stored.get("queues", Number.class).longValue(),
                stored.getDate("until").toInstant());
    }

    @Override
    public void remove(String contractId, List<String> ids) {
        mongo.updateFirst(
                query(where("_id").is(contractId)),
                new Update().pull(RESERVED, new Document("id", new Document("$in", ids))),
                COLLECTION);
    }
}
