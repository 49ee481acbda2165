package dev.weft.workspace.room;

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
 * Reservations in the collection {@code place_reservations}, {@code {_id: quota/contract, reserved: [{id, until}]}}. The
 * order in the array decides which one has room; a document is there only while there is a reservation.
 */
@Repository
class MongoPlaceReservations implements PlaceReservations {

    private static final String COLLECTION = "place_reservations";
    private static final String RESERVED = "reserved";

    private final MongoTemplate mongo;

    MongoPlaceReservations(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public List<PlaceReservation> add(String key, PlaceReservation reservation) {
        try {
            return push(key, reservation);
        } catch (DuplicateKeyException e) {
            // Two upserts inserted the same new document; it exists now.
            return push(key, reservation);
        }
    }

    private List<PlaceReservation> push(String key, PlaceReservation reservation) {
        var one = new Document("id", reservation.id()).append("until", Date.from(reservation.until()));
        var noted = mongo.findAndModify(
                query(where("_id").is(key)),
                new Update().push(RESERVED, one),
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                Document.class,
                COLLECTION);
        return noted == null
                ? List.of(reservation)
                : noted.getList(RESERVED, Document.class, List.of()).stream()
                        .map(stored -> new PlaceReservation(
                                stored.getString("id"), stored.getDate("until").toInstant()))
                        .toList();
    }

    @Override
    public void removeAll(String key) {
        mongo.remove(query(where("_id").is(key)), COLLECTION);
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
