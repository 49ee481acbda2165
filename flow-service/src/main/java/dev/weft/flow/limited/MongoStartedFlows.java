package dev.weft.flow.limited;

import dev.weft.flow.flow.Flow.FlowStatus;
import dev.weft.flow.flow.StoredFlow;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** Finds them in the records of flows, without their content. */
@Repository
class MongoStartedFlows implements StartedFlows {

    private static final List<String> STARTED = List.of(FlowStatus.ACTIVE.wire(), FlowStatus.SUSPENDED.wire());

    private final MongoTemplate mongo;

    MongoStartedFlows(MongoTemplate mongo) {
        this.mongo = mongo;
        mongo.indexOps(StoredFlow.COLLECTION)
                .createIndex(new Index("workspace", Sort.Direction.ASC)
                        .on("live", Sort.Direction.ASC)
                        .on("status", Sort.Direction.ASC)
                        .on("last_start_time", Sort.Direction.ASC));
    }

    @Override
    public List<String> startedBefore(Instant limit, List<String> workspaceIds, int most) {
        var query = Query.query(Criteria.where("workspace")
                        .in(workspaceIds)
                        .and("live")
                        .is(true)
                        .and("status")
                        .in(STARTED)
                        .and("last_start_time")
                        .lt(Date.from(limit)))
                .with(Sort.by("last_start_time"))
                .limit(most);
        query.fields().include("_id");
        return mongo.find(query, Document.class, StoredFlow.COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }
}
