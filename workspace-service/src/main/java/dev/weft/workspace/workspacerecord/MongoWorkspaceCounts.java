package dev.weft.workspace.workspacerecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Repository;

/** Counts along the indexes of {@link MongoWorkspaceRepository}. */
@Repository
class MongoWorkspaceCounts implements WorkspaceCounts {

    private final MongoTemplate mongo;

    MongoWorkspaceCounts(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public long count(String contractId, WorkspaceType type, Collection<String> without) {
        return mongo.count(
                MongoWorkspaceRepository.visible(where("contract")
                        .is(contractId)
                        .and("type")
                        .is(type.wire())
                        .and("_id")
                        .nin(without)),
                MongoWorkspaceRepository.COLLECTION);
    }

    @Override
    public List<String> limitedOfContract(String contractId) {
        return limited(where("contract").is(contractId));
    }

    @Override
    public List<String> limitedOfTenant(String tenantId) {
        return limited(where("tenant").is(tenantId));
    }

    private List<String> limited(Criteria criteria) {
        var query = MongoWorkspaceRepository.visible(criteria.and("type").is(WorkspaceType.LIMITED.wire()));
        query.fields().include("_id");
        return mongo.find(query, Document.class, MongoWorkspaceRepository.COLLECTION).stream()
                .map(found -> found.getString("_id"))
                .toList();
    }
}
