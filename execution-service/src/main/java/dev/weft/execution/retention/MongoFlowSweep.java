package dev.weft.execution.retention;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Removes from a collection, flow by flow, documents that are too old or too many. It needs no index but the one of the
 * lists, {@code {f: 1, <time>: -1, ..}} with {@code f} the flow. A flow with nothing to remove costs a count of index
 * entries and one read.
 */
public final class MongoFlowSweep {

    /** Small, since a store may stand still while it removes. */
    private static final int BATCH = 500;

    private final MongoCollection<Document> documents;
    private final String time;
    private final Bson fields;
    private final Document oldestFirst;

    /**
     * @param time   the field that says how old a document is
     * @param fields further ones that {@code doomed} is to see
     */
    public MongoFlowSweep(MongoCollection<Document> documents, String time, String... fields) {
        this.documents = documents;
        this.time = time;
        this.fields = Projections.include(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("f", time), java.util.stream.Stream.of(fields))
                .toList());
        this.oldestFirst = new Document(time, 1);
    }

    /**
     * @param before what is older goes
     * @param most   so many of a flow stay at most, the newest
     * @param doomed told of a flow's documents before they are removed
     */
    public void remove(Date before, long most, BiConsumer<String, List<Document>> doomed) {
        for (var flow = flowAfter(""); !flow.isEmpty(); flow = flowAfter(flow)) {
            var surplus = documents.countDocuments(new Document("f", flow)) - most;
            // One document is read first: most flows have nothing to remove, and cost no more than that.
            for (var some = oldest(flow, before, surplus, 1); !some.isEmpty(); surplus -= some.size()) {
                some = oldest(flow, before, surplus, BATCH);
                if (!some.isEmpty()) {
                    doomed.accept(flow, some);
                    documents.deleteMany(Filters.in(
                            "_id", some.stream().map(one -> one.get("_id")).toList()));
                }
            }
        }
    }

    /** Those of the oldest that are too old or too many. */
    private List<Document> oldest(String flow, Date before, long surplus, int atMost) {
        var found = new ArrayList<Document>();
        for (var document : documents
                .find(new Document("f", flow))
                .sort(oldestFirst)
                .limit(atMost)
                .projection(fields)) {
            if (found.size() >= surplus && !document.getDate(time).before(before)) {
                break;
            }
            found.add(document);
        }
        return found;
    }

    private String flowAfter(String flow) {
        var next = documents
                .find(Filters.gt("f", flow))
                .sort(new Document("f", 1))
                .limit(1)
                .projection(Projections.include("f"))
                .first();
        return next == null ? "" : next.getString("f");
    }
}
