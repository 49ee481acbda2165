package dev.weft.store.collection;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code explain} of a find, in MongoDB's words as far as they go:
 * {@code {queryPlanner: {winningPlan: {stage: "IXSCAN", indexName: "ws_1"}}, executionStats: {nReturned: 50,
 * totalKeysExamined: 50, totalDocsExamined: 50}}}. A query by {@code _id} has stage {@code IDHACK}, one without an index
 * {@code COLLSCAN}.
 */
final class QueryExplanation {
    private QueryExplanation() {}

    static Document of(@Nullable StoreCollection collection, Document find) {
        var plan = new Document("stage", "EOF");
        var returned = 0;
        var entriesRead = 0L;
        var documentsRead = 0L;
        var skip = number(find.get("skip"));
        if (collection != null) {
            var filter = find.get("filter") instanceof Document query ? query : new Document();
            var sort = find.get("sort") instanceof Document order ? order : null;
            var limit = number(find.get("limit"));
            plan = plan(collection, filter, sort, limit > 0);
            try (var found = collection.find(filter, sort, skip, limit)) {
                while (found.next() != null) returned++;
                entriesRead = found.entriesRead();
                documentsRead = found.documentsRead();
            }
        }
        var answer = new Document("queryPlanner", new Document("winningPlan", plan))
                .append(
                        "executionStats",
                        new Document("nReturned", returned)
                                .append("totalKeysExamined", entriesRead)
                                .append("totalDocsExamined", documentsRead));
        Utils.markOkay(answer);
        return answer;
    }

    private static Document plan(
            StoreCollection collection, Document filter, @Nullable Document sort, boolean limited) {
        var scan = collection.plan(filter, sort, limited);
        var primary = scan.index() == collection.primary();
        var stage = primary && !scan.whole() ? "IDHACK" : primary && scan.sortedFields() == 0 ? "COLLSCAN" : "IXSCAN";
        var plan = new Document("stage", stage);
        if (!stage.equals("COLLSCAN")) plan.append("indexName", scan.index().getName());
        return plan.append("direction", scan.reverse() ? "backward" : "forward").append("sorted", scan.isSorted());
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }
}
