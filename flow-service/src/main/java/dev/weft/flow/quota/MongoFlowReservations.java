package dev.weft.flow.quota;

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
 * Reservations in the collection {@code queue_reservations}, one document a key: {@code {_id: key, reserved: [{id, flow,
 * queues: amount, until}]}}. Of changes at the same time, the order in the array decides which one has room. A document
 * is there only while there is a reservation.
 */
@Repository
class MongoFlowReservations implements FlowReservations {

    static final String COLLECTION = "queue_reservations";

    private static final String RESERVED = "reserved";

    private final MongoTemplate mongo;

    MongoFlowReservations(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public List<FlowReservation> add(String key, FlowReservation reservation) {
        try {
            return push(key, reservation);
        } catch (DuplicateKeyException e) {
            // Two upserts inserted the same new document; it exists now.
            return push(key, reservation);
        }
    }

    private List<FlowReservation> push(String key, FlowReservation reservation) {
        var one = new Document("id", reservation.id())
                .append("flow", reservation.flowId())
                .append("queues", reservation.amount())
                .append("until", Date.from(reservation.until()));
        var noted = mongo.findAndModify(
                query(where("_id").is(key)),
                new Update().push(RESERVED, one),
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                Document.class,
                COLLECTION);
        return noted == null
                ? List.of(reservation)
                : noted.getList(RESERVED, Document.class, List.of()).stream()
                        .map(MongoFlowReservations::reservation)
                        .toList();
    }

    @Override
    public void removeAll(String placeId) {
        mongo.remove(query(where("_id").in(placeId, "containers/" + placeId, "flows/" + placeId)), COLLECTION);
    }

    private static FlowReservation reservation(Document stored) {
        return new FlowReservation(
                stored.getString("id"),
                stored.getString("flow"),
                stored.get("queues", Number.class).longValue(),
                stored.getDate("until").toInstant());
    }

    @Override
    public void remove(String key, List<String> ids) {
        mongo.updateFirst(
                query(where("_id").is(key)),
                new Update().pull(RESERVED, new Document("id", new Document("$in", ids))),
                COLLECTION);
        mongo.remove(query(where("_id").is(key).and(RESERVED).size(0)), COLLECTION);
    }
}
