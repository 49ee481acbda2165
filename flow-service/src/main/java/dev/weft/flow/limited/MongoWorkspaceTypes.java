package dev.weft.flow.limited;

import java.util.List;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Types of workspaces in the collection {@code workspace_types}: {@code {_id: workspace, limited, version}}. Those of full
 * ones are kept too: their version tells which facts come too late.
 */
@Repository
class MongoWorkspaceTypes implements WorkspaceTypes {

    private static final String COLLECTION = "workspace_types";

    private final MongoTemplate mongo;

    MongoWorkspaceTypes(MongoTemplate mongo) {
        this.mongo = mongo;
        mongo.indexOps(COLLECTION).createIndex(new Index("limited", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
    }

    @Override
    public void note(String workspaceId, boolean limited, long version) {
        var older =
                Query.query(Criteria.where("_id").is(workspaceId).and("version").lt(version));
        try {
            mongo.upsert(older, new Update().set("version", version).set("limited", limited), COLLECTION);
        } catch (DuplicateKeyException e) {
            // There is a record, and it is as new or newer.
            return;
        }
    }

    @Override
    public void forget(String workspaceId) {
        mongo.remove(Query.query(Criteria.where("_id").is(workspaceId)), COLLECTION);
    }

    @Override
    public List<String> limited(String last, int most) {
        var query = Query.query(Criteria.where("limited").is(true).and("_id").gt(last))
                .with(Sort.by("_id"))
                .limit(most);
        query.fields().include("_id");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }
}
