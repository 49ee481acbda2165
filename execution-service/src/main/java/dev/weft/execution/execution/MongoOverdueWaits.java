package dev.weft.execution.execution;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Goes through overdue waits, the oldest first, one piece at each look, and continues there at the next look. If each
 * look began with the oldest, a flow with very many (suspended for days, say) would keep those of others from ever
 * being read.
 */
final class MongoOverdueWaits {

    private final MongoCollection<Document> executions;
    private final int piece;
    /** Where the last look ended before the last of them. */
    private @Nullable Document reached;
    /** Found in the round before: so that who watches a flow sees it at each look. */
    private Set<String> before = Set.of();

    private Set<String> found = new HashSet<>();

    MongoOverdueWaits(MongoCollection<Document> executions, int piece) {
        this.executions = executions;
        this.piece = piece;
    }

    /** The flows of those that have waited since before this time, as far as they are known. */
    synchronized Set<String> look(Date since) {
        var read = executions
                .find(from(since))
                .sort(Sorts.ascending("wu", "wf"))
                .projection(Projections.fields(Projections.include("wf", "wu"), Projections.excludeId()))
                .limit(piece);
        var count = 0;
        Document last = null;
        for (var document : read) {
            found.add(document.getString("wf"));
            last = document;
            count++;
        }
        var known = new HashSet<>(found);
        if (count < piece) {
            before = found;
            found = new HashSet<>();
            reached = null;
        } else {
            known.addAll(before);
            reached = last;
        }
        return known;
    }

    /** Others that wait since the same moment and are of the same flow tell nothing new. */
    private Bson from(Date since) {
        var overdue = Filters.lt("wu", since);
        var last = reached;
        if (last == null) {
            return overdue;
        }
        var at = last.getDate("wu");
        var later = Filters.or(Filters.gt("wu", at), Filters.gt("wf", last.getString("wf")));
        return Filters.and(Filters.gte("wu", at), overdue, later);
    }
}
