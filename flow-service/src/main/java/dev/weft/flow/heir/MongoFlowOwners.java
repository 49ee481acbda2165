package dev.weft.flow.heir;

import dev.weft.common.id.Ids;
import dev.weft.flow.flow.StoredFlow;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Changes owners in the records of flows, some at a time: one update of a hundred thousand records would hold up all else
 * that the store is asked for.
 */
@Repository
class MongoFlowOwners implements FlowOwners {

    private static final int AT_ONCE = 500;

    private static final String OWNER = "user";
    private static final String EDITOR = "draft.user";

    private final MongoTemplate mongo;

    MongoFlowOwners(MongoTemplate mongo) {
        this.mongo = mongo;
        var indexes = mongo.indexOps(StoredFlow.COLLECTION);
        indexes.createIndex(new Index("workspace", Sort.Direction.ASC)
                .on("live", Sort.Direction.ASC)
                .on(OWNER, Sort.Direction.ASC)
                .on("_id", Sort.Direction.ASC));
        // Few flows have a draft at a time, so a sparse index has only those.
        indexes.createIndex(new Index(EDITOR, Sort.Direction.ASC).sparse());
    }

    @Override
    public void passOn(String workspaceId, String userId, String heirId, Instant at) {
        for (var field : List.of(OWNER, EDITOR)) {
            for (var ids = some(field, workspaceId, userId, at);
                    !ids.isEmpty();
                    ids = some(field, workspaceId, userId, at)) {
                pass(field, ids, userId, heirId);
            }
        }
    }

    private List<String> some(String field, String workspaceId, String userId, Instant at) {
        var query = Query.query(Criteria.where("workspace")
                        .is(workspaceId)
                        .and("live")
                        .is(true)
                        .and(field)
                        .is(userId)
                        // What existed at that time: an id contains the time of its creation.
                        .and("_id")
                        .lt(Ids.after(at)))
                .limit(AT_ONCE);
        query.fields().include("_id");
        return mongo.find(query, Document.class, StoredFlow.COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }

    private void pass(String field, List<String> ids, String userId, String heirId) {
        // The revision is raised, so that a change decided before can not write the old owner back.
        mongo.updateMulti(
                Query.query(Criteria.where("_id").in(ids).and(field).is(userId)),
                new Update().set(field, heirId).inc("revision", 1L),
                StoredFlow.COLLECTION);
    }
}
