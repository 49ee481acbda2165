package dev.weft.execution.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import java.util.List;
import org.bson.Document;

/**
 * Makes a list of a workspace that is filtered by flows quick. Documents have one index that begins with the workspace
 * {@code w} and one that begins with the flow {@code f}. Asked for both, a store goes through all documents of the
 * workspace, and to count it even reads each. A flow stays in its workspace, so one of its documents tells whether the
 * flow may be listed, and the query then names the flow alone.
 */
public final class MongoFlowsOfWorkspace {

    private MongoFlowsOfWorkspace() {}

    /** @param newestFirst the order of the index {@code {f: 1, ..}} */
    public static Document query(
            MongoCollection<Document> documents, String workspaceId, List<String> flowIds, Document newestFirst) {
        var listed = flowIds.stream()
                .distinct()
                .filter(flow -> isOf(documents, workspaceId, flow, newestFirst))
                .toList();
        return new Document("f", new Document("$in", listed));
    }

    private static boolean isOf(
            MongoCollection<Document> documents, String workspaceId, String flowId, Document newestFirst) {
        var newest = documents
                .find(new Document("f", flowId))
                .sort(newestFirst)
                .limit(1)
                .projection(Projections.include("w"))
                .first();
        return newest != null && workspaceId.equals(newest.getString("w"));
    }
}
