package dev.weft.store.reading;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import dev.weft.store.index.OrderedIndex;
import dev.weft.store.key.StoreKey;
import dev.weft.store.query.IndexScan;
import dev.weft.store.query.ScanPlanner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads one collection, by the best index for the query and without the collection's lock. */
public final class CollectionReader {
    private static final int BAD_VALUE = 2;
    private static final int DISTINCT_TOO_BIG = 17217;
    private static final long DISTINCT_BYTES = 16 << 20;

    private final Function<StoreKey, byte @Nullable []> documents;
    private final OrderedIndex primary;
    private final List<OrderedIndex> secondary;
    private final OpenCursors cursors;
    // The library's own matcher remembers an array position for updates, which concurrent readers would overwrite.
    private final QueryMatcher matcher = new DefaultQueryMatcher();

    /**
     * @param documents what lies at a position
     * @param secondary the other indexes there are at any time
     * @param cursors   where results wait whose end has not been asked for
     */
    public CollectionReader(
            Function<StoreKey, byte @Nullable []> documents,
            OrderedIndex primary,
            List<OrderedIndex> secondary,
            OpenCursors cursors) {
        this.documents = documents;
        this.primary = primary;
        this.secondary = secondary;
        this.cursors = cursors;
    }

    /**
     * {@code {find: name, filter: {}, sort: {}, skip: 1, limit: 2, batchSize: 100, singleBatch: false}}
     *
     * @param projection what is left of a lot of documents by the {@code projection} of the command
     */
    public Document find(String namespace, Document command, UnaryOperator<List<Document>> projection) {
        var filter = command.get("filter") instanceof Document document ? document : new Document();
        var order = command.get("sort") instanceof Document document ? document : null;
        var found = found(filter, order, number(command.get("skip")), Math.abs(number(command.get("limit"))));
        if (command.get("projection") instanceof Document selector) {
            QueryFields.ofProjection(selector).ifPresent(found::needing);
        }
        return cursors.first(
                new OpenCursors.Result(namespace, found, projection),
                command.get("batchSize"),
                Utils.isTrue(command.get("singleBatch")));
    }

    /** @param limit 0 for all */
    public List<Document> list(Document query, @Nullable Document order, int skip, int limit) {
        List<Document> listed = new ArrayList<>();
        try (var found = found(query, order, skip, limit)) {
            for (var each = found.next(); each != null; each = found.next()) listed.add(each);
        }
        return listed;
    }

    /** The same, read while it is gone through. */
    public Iterator<Document> iterator(Document query, @Nullable Document order, int skip, int limit) {
        return found(query, order, skip, limit).iterator();
    }

    FoundDocuments found(Document query, @Nullable Document order, int skip, int limit) {
        var natural = order != null && order.containsKey("$natural");
        var wantedOrder = natural ? null : order;
        var scan = plan(query, wantedOrder, limit > 0);
        var share = cursors.memory().share("Sort");
        // Natural order chooses no index: the best index of the filter is read forwards or backwards.
        var reverse = (order != null && natural) ? isDescending(order.get("$natural")) : scan.reverse();
        var walk = new PlanWalk(scan, reverse, documents, query, matcher, share);
        return new FoundDocuments(walk, scan, wantedOrder, skip, wanted(skip, limit), share);
    }

    private static boolean isDescending(@Nullable Object natural) {
        var direction = number(natural);
        if (Math.abs(direction) == 1) return direction < 0;
        throw new MongoServerError(BAD_VALUE, "BadValue", "$natural sort cannot be set to a value other than -1 or 1.");
    }

    /**
     * Through all that the query admits, in the order of the best index.
     *
     * @param purpose names the walk to whoever is refused the memory for it
     */
    public PlanWalk walk(String purpose, Document query) {
        return walk(purpose, query, plan(query, null, false));
    }

    private PlanWalk walk(String purpose, Document query, IndexScan scan) {
        return new PlanWalk(
                scan,
                scan.reverse(),
                documents,
                query,
                matcher,
                cursors.memory().share(purpose));
    }

    IndexScan plan(Document query, @Nullable Document order, boolean limited) {
        return ScanPlanner.plan(query, order, limited, primary, secondary);
    }

    boolean isPrimary(OrderedIndex index) {
        return index == primary;
    }

    OpenCursors cursors() {
        return cursors;
    }

    /** @param limit 0 for all */
    public int count(Document query, int skip, int limit) {
        var scan = plan(query, null, false);
        var count = scan.exact() && !scan.whole() ? countEntries(scan) : countMatches(query, scan, wanted(skip, limit));
        var rest = Math.max(0, count - Math.max(0, skip));
        return limit > 0 ? Math.min(limit, rest) : rest;
    }

    private static int countEntries(IndexScan scan) {
        var count = 0L;
        for (var range : scan.ranges()) count += scan.index().count(range);
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    private int countMatches(Document query, IndexScan scan, int wanted) {
        var count = 0;
        try (var walk = walk("Count", query, scan)) {
            while (count < wanted && walk.next()) count++;
        }
        return count;
    }

    /** {@code {distinct: name, key: "group", query: {}}} */
    public Document distinct(Document command) {
        var key = String.valueOf(command.get("key"));
        var filter = command.get("query") instanceof Document document ? document : new Document();
        var values = new TreeSet<Object>(ValueComparator.ascWithoutListHandling());
        var bytes = 0L;
        try (var found = found(filter, null, 0, 0)) {
            for (var each = found.next(); each != null; each = found.next()) {
                var value = Utils.getSubdocumentValueCollectionAware(each, key);
                if (value instanceof Missing) continue;
                for (var one : value instanceof Collection<?> many ? many : Collections.singletonList(value)) {
                    if (values.add(one)) bytes += DocumentSize.of(one);
                }
                // All values go into a single reply; MongoDB has the same limit for it.
                if (bytes > DISTINCT_BYTES) throw new MongoServerError(DISTINCT_TOO_BIG, "distinct too big, 16mb cap");
            }
        }
        var response = new Document("values", values);
        Utils.markOkay(response);
        return response;
    }

    private static int wanted(int skip, int limit) {
        return limit > 0 ? (int) Math.min(Integer.MAX_VALUE, (long) skip + limit) : Integer.MAX_VALUE;
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }
}
