package dev.weft.execution.attachment;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import dev.weft.common.mongo.StoreTimeLimit;
import dev.weft.execution.flow.FlowRemains;
import dev.weft.execution.retention.MongoFlowSweep;
import dev.weft.execution.step.StepUnavailable;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/**
 * {@code attachments: {_id execution.number, f flow, at, name, ct content type, b bytes}}, one document a file; the
 * door lets in no file above one MiB.
 */
@Repository
class MongoAttachments implements Attachments, FlowRemains {

    private static final String COLLECTION = "attachments";
    /** More than a flow may have unfinished. */
    private static final int MOST_OF_A_FLOW = 20_000;

    private final MongoTemplate mongo;
    private final MongoCollection<Document> attachments;
    private final Clock clock;

    MongoAttachments(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.attachments = mongo.getCollection(COLLECTION);
        this.clock = clock;
        StoreTimeLimit.ofIndexes(attachments)
                .createIndex(Indexes.compoundIndex(Indexes.ascending("f"), Indexes.descending("at")));
    }

    @Override
    public void keep(String flowId, String execution, Map<Integer, File> files) {
        try {
            for (var numbered : files.entrySet()) {
                var file = numbered.getValue();
                // The template translates the driver's exceptions, and callers tell from those that the store is away.
                mongo.save(
                        new Document("_id", id(execution, numbered.getKey()))
                                .append("f", flowId)
                                .append("at", Date.from(clock.instant()))
                                .append("name", file.name())
                                .append("ct", file.contentType())
                                .append("b", new Binary(file.content())),
                        COLLECTION);
            }
        } catch (DataAccessException e) {
            throw new StepUnavailable(e);
        }
    }

    private static String id(String execution, int number) {
        return execution + "." + number;
    }

    @Override
    public Optional<File> find(String execution, int number) {
        return Optional.ofNullable(mongo.findById(id(execution, number), Document.class, COLLECTION))
                .map(stored -> new File(
                        stored.getString("name"),
                        stored.getString("ct"),
                        stored.get("b", Binary.class).getData()));
    }

    @Override
    public void keep(Date from) {
        new MongoFlowSweep(attachments, "at").remove(from, MOST_OF_A_FLOW, (_, _) -> {});
    }

    @Override
    public void deleteFlow(String flowId) {
        StoreTimeLimit.ofMany(attachments).deleteMany(Filters.eq("f", flowId));
    }
}
