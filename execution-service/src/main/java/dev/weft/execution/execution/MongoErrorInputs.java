package dev.weft.execution.execution;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** Whole inputs of errors, for a retry: {@code error_inputs: {_id error, e execution, f flow, at, frame, headers}}. */
@Repository
class MongoErrorInputs {

    private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);

    private final MongoCollection<Document> inputs;

    MongoErrorInputs(MongoTemplate mongo) {
        inputs = mongo.getCollection("error_inputs");
        inputs.createIndex(Indexes.compoundIndex(Indexes.ascending("f"), Indexes.descending("at")));
    }

    /** The input of a failed message, as it came from the broker. */
    record ErrorInput(byte[] frame, Map<String, Object> headers) {}

    /** Those without a frame have no input that could be kept. */
    void keep(Map<FailureRecord, DeliveryRecord> failures) {
        var writes = new ArrayList<WriteModel<Document>>();
        failures.forEach((failure, delivery) -> {
            if (failure.frame().length > 0) {
                writes.add(new ReplaceOneModel<>(
                        Filters.eq("_id", failure.id()),
                        document(failure, delivery),
                        new ReplaceOptions().upsert(true)));
            }
        });
        if (!writes.isEmpty()) {
            inputs.bulkWrite(writes, ANY_ORDER);
        }
    }

    private static Document document(FailureRecord failure, DeliveryRecord delivery) {
        return new Document("_id", failure.id())
                .append("e", delivery.executionId())
                .append("f", delivery.flowId())
                .append("at", new Date(failure.at()))
                .append("frame", new Binary(failure.frame()))
                .append("headers", new Document(failure.headers()));
    }

    Optional<ErrorInput> find(String errorId) {
        return Optional.ofNullable(inputs.find(Filters.eq("_id", errorId)).first())
                .map(MongoErrorInputs::errorInput);
    }

    Map<String, ErrorInput> find(Collection<String> errorIds) {
        var found = new HashMap<String, ErrorInput>();
        for (var document : inputs.find(Filters.in("_id", errorIds))) {
            found.put(document.getString("_id"), errorInput(document));
        }
        return found;
    }

    private static ErrorInput errorInput(Document document) {
        return new ErrorInput(
                document.get("frame", Binary.class).getData(), Map.copyOf(document.get("headers", Document.class)));
    }

    /** Keeps the newest of each flow; an error without its input can no longer be retried. */
    void keepNewest(int most) {
        var flows = inputs.aggregate(List.of(
                new Document("$group", new Document("_id", "$f").append("n", new Document("$sum", 1))),
                new Document("$match", new Document("n", new Document("$gt", most)))));
        for (var flow : flows) {
            var oldestKept = inputs.find(Filters.eq("f", flow.getString("_id")))
                    .sort(new Document("at", -1))
                    .skip(most - 1)
                    .limit(1)
                    .first();
            if (oldestKept != null) {
                inputs.deleteMany(Filters.and(
                        Filters.eq("f", flow.getString("_id")), Filters.lt("at", oldestKept.getDate("at"))));
            }
        }
    }

    void expire(Date before) {
        inputs.deleteMany(Filters.lt("at", before));
    }

    void deleteFlow(String flowId) {
        inputs.deleteMany(Filters.eq("f", flowId));
    }
}
