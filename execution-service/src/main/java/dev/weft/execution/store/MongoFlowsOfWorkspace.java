package dev.weft.execution.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import java.util.List;
import org.bson.Document;

/**
 * Bounds a list of a workspace to some of its flows. Documents have an index that begins with the workspace {@code w} and
 * one that begins with the flow {@code f}: asked for both, a store goes through all that the workspace has, to count them
 * even document by document. A flow stays in its workspace, so one document of it tells whether it may be listed, and the
 * list is then that of the flow.
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
