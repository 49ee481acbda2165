package dev.weft.execution.errorinbox;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.weft.common.mongo.StoreTimeLimit;
import dev.weft.execution.flow.FlowRemains;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.execution.retention.MongoFlowSweep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/**
 * One small document for each error record of a flow, by which errors beyond the limit are found; for some days it
 * holds the whole input too, for a retry: {@code error_inputs: {_id error, e execution, f flow, at, frame, headers, n
 * bytes, in since}}.
 */
@Repository
public class MongoErrorInputs implements FlowRemains {

    private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);

    private final MongoCollection<Document> errors;

    public MongoErrorInputs(MongoTemplate mongo) {
        errors = mongo.getCollection("error_inputs");
        var indexes = StoreTimeLimit.ofIndexes(errors);
        indexes.createIndex(Indexes.compoundIndex(Indexes.ascending("f"), Indexes.descending("at")));
        indexes.createIndex(Indexes.ascending("in"), new IndexOptions().sparse(true));
    }

    /** The input of a failed message, as it came from the broker. */
    public record ErrorInput(byte[] frame, Map<String, Object> headers) {}

    /** Those without a frame have no input that could be kept. */
    public void keep(Map<FailureRecord, DeliveryRecord> failures) {
        var writes = new ArrayList<WriteModel<Document>>();
        failures.forEach((failure, delivery) -> writes.add(new ReplaceOneModel<>(
                Filters.eq("_id", failure.id()), document(failure, delivery), new ReplaceOptions().upsert(true))));
        if (!writes.isEmpty()) {
            errors.bulkWrite(writes, ANY_ORDER);
        }
    }

    private static Document document(FailureRecord failure, DeliveryRecord delivery) {
        var at = new Date(failure.at());
        var document = new Document("_id", failure.id())
                .append("e", delivery.executionId())
                .append("f", delivery.flowId())
                .append("at", at);
        if (failure.frame().length > 0) {
            document.append("frame", new Binary(failure.frame()))
                    .append("headers", new Document(failure.headers()))
                    .append("n", failure.frame().length)
                    .append("in", at);
        }
        return document;
    }

    /** Empty when it is no longer kept. */
    public Optional<ErrorInput> find(String errorId) {
        return Optional.ofNullable(find(List.of(errorId)).get(errorId));
    }

    public Map<String, ErrorInput> find(Collection<String> errorIds) {
        var found = new HashMap<String, ErrorInput>();
        for (var document : errors.find(Filters.in("_id", errorIds))) {
            var frame = document.get("frame", Binary.class);
            if (frame != null) {
                found.put(
                        document.getString("_id"),
                        new ErrorInput(frame.getData(), Map.copyOf(document.get("headers", Document.class))));
            }
        }
        return found;
    }

    /** How large the inputs are, in bytes, of those that are kept. */
    Map<String, Integer> sizes(Collection<String> errorIds) {
        var sizes = new HashMap<String, Integer>();
        for (var document : errors.find(Filters.in("_id", errorIds)).projection(Projections.include("n"))) {
            var size = document.getInteger("n");
            if (size != null) {
                sizes.put(document.getString("_id"), size);
            }
        }
        return sizes;
    }

    /** An error without its input can no longer be retried. */
    public void expireInputs(Date before) {
        StoreTimeLimit.ofMany(errors)
                .updateMany(
                        Filters.lt("in", before),
                        Updates.combine(
                                Updates.unset("frame"),
                                Updates.unset("headers"),
                                Updates.unset("n"),
                                Updates.unset("in")));
    }

    /**
     * Removes errors that are older, and of each flow all but the newest.
     *
     * @param forgotten told before, of their ids by execution
     */
    public void keep(Date from, long mostOfAFlow, Consumer<Map<String, List<String>>> forgotten) {
        new MongoFlowSweep(errors, "at", "e").remove(from, mostOfAFlow, (_, doomed) -> {
            var byExecution = new LinkedHashMap<String, List<String>>();
            for (var error : doomed) {
                byExecution
                        .computeIfAbsent(error.getString("e"), _ -> new ArrayList<>())
                        .add(error.getString("_id"));
            }
            forgotten.accept(byExecution);
        });
    }

    @Override
    public void deleteFlow(String flowId) {
        StoreTimeLimit.ofMany(errors).deleteMany(Filters.eq("f", flowId));
    }
}
