package dev.weft.flow.version;

import com.mongodb.client.model.ReplaceOptions;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.flow.content.FlowVersion;
import dev.weft.flow.flow.StoredFlow;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** Versions in the collection {@code versions}, found by id or by flow and number. */
@Repository
class MongoFlowArchive implements FlowArchive {

    private static final String COLLECTION = "versions";

    private final MongoTemplate mongo;
    private final StoredFlow stored;

    MongoFlowArchive(MongoTemplate mongo, StoredFlow stored) {
        this.mongo = mongo;
        this.stored = stored;
        mongo.indexOps(COLLECTION)
                .createIndex(new Index().on("flow", Sort.Direction.ASC).on("number", Sort.Direction.ASC));
        mongo.indexOps(COLLECTION).createIndex(new Index().on(StoredFlow.COMPONENTS, Sort.Direction.ASC));
    }

    @Override
    public void keep(FlowVersion version) {
        // The whole version under its id: one that a crash has left half done is replaced by the same.
        mongo.getCollection(COLLECTION)
                .replaceOne(
                        new Document("_id", version.id()), stored.version(version), new ReplaceOptions().upsert(true));
        // A change that is on its way when the flow goes would leave a version that nobody finds: who removes a flow
        // forgets its versions before and after, and this looks after writing.
        if (!mongo.exists(Query.query(Criteria.where("_id").is(version.flowId())), StoredFlow.COLLECTION)) {
            forget(version.flowId());
        }
    }

    @Override
    public List<String> flowsUsing(String componentId) {
        return mongo.findDistinct(
                Query.query(Criteria.where(StoredFlow.COMPONENTS).is(componentId)), "flow", COLLECTION, String.class);
    }

    Optional<FlowVersion> find(String flowId, String id) {
        var query = Query.query(Criteria.where("_id").is(id).and("flow").is(flowId));
        return Optional.ofNullable(mongo.findOne(query, Document.class, COLLECTION))
                .map(stored::version);
    }

    /** Versions of the flow with numbers from {@code first} to below {@code end}, oldest first. */
    BoundedPage<FlowVersion> list(String flowId, long first, long end) {
        var query = Query.query(Criteria.where("flow")
                        .is(flowId)
                        .and("number")
                        .gte(first)
                        .lt(end))
                .with(Sort.by("number"));
        return BoundedPage.read(mongo, query, COLLECTION, stored::version);
    }

    @Override
    public void forget(String flowId) {
        mongo.remove(Query.query(Criteria.where("flow").is(flowId)), COLLECTION);
    }
}
