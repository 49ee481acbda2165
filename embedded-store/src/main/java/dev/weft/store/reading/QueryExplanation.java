package dev.weft.store.reading;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code explain} of a find, in MongoDB's words as far as they go:
 * {@code {queryPlanner: {winningPlan: {stage: "IXSCAN", indexName: "ws_1"}}, executionStats: {nReturned: 50,
 * totalKeysExamined: 50, totalDocsExamined: 50}}}. A query by {@code _id} has stage {@code IDHACK}, one without an index
 * {@code COLLSCAN}.
 */
public final class QueryExplanation {
    private QueryExplanation() {}

    /** @param reader null where there is no such collection */
    public static Document of(@Nullable CollectionReader reader, Document find) {
        var plan = new Document("stage", "EOF");
        var returned = 0;
        var entriesRead = 0L;
        var documentsRead = 0L;
        var skip = number(find.get("skip"));
        if (reader != null) {
            var filter = find.get("filter") instanceof Document query ? query : new Document();
            var sort = find.get("sort") instanceof Document order ? order : null;
            var limit = number(find.get("limit"));
            plan = plan(reader, filter, sort, limit > 0);
            try (var found = reader.found(filter, sort, skip, limit)) {
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

    private static Document plan(CollectionReader reader, Document filter, @Nullable Document sort, boolean limited) {
        var scan = reader.plan(filter, sort, limited);
        var primary = reader.isPrimary(scan.index());
        var stage = primary && !scan.whole() ? "IDHACK" : primary && scan.sortedFields() == 0 ? "COLLSCAN" : "IXSCAN";
        var plan = new Document("stage", stage);
        if (!stage.equals("COLLSCAN")) plan.append("indexName", scan.index().getName());
        return plan.append("direction", scan.reverse() ? "backward" : "forward").append("sorted", scan.isSorted());
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }
}
