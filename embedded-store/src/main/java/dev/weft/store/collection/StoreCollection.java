package dev.weft.store.collection;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import dev.weft.store.index.KeyRange;
import dev.weft.store.index.OrderedIndex;
import dev.weft.store.index.PrimaryIndex;
import dev.weft.store.index.StoreMaps;
import dev.weft.store.key.DocumentBytes;
import dev.weft.store.key.StoreKey;
import dev.weft.store.query.IndexScan;
import dev.weft.store.query.ScanPlanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose documents lie in a map ordered by {@code _id}. Writers take turns; readers need no lock, because
 * maps are read as of one moment, documents are decoded for each reader, and an index gains its new entry before it
 * loses the old one.
 */
public final class StoreCollection extends AbstractMongoCollection<StoreKey> {
    private static final int CHANGED_AT_ONCE = 200;
    private static final long CHANGED_BYTES = 1 << 20;
    private static final int DISTINCT_TOO_BIG = 17217;
    private static final long DISTINCT_BYTES = 16 << 20;

    private final StoreMaps maps;
    private final MVMap<StoreKey, byte[]> documents;
    private final ChangeRecorder changes;
    private final QueryMemory memory;
    private final PrimaryIndex primary;
    private final List<OrderedIndex> secondary = new CopyOnWriteArrayList<>();
    // The library's own matcher remembers a position for updates, which readers would overwrite.
    private final QueryMatcher matcher = new DefaultQueryMatcher();
    private boolean firstMatchOnly;

    /** What a command changes next, where it does so in lots; guarded by this. */
    private @Nullable List<Document> lot;

    StoreCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            CursorRegistry cursors,
            StoreMaps maps,
            ChangeRecorder changes,
            QueryMemory memory) {
        super(database, name, options, cursors);
        this.maps = maps;
        this.changes = changes;
        this.memory = memory;
        documents = maps.documents(getFullName());
        primary = new PrimaryIndex(documents);
    }

    PrimaryIndex primary() {
        return primary;
    }

    Optional<Index<StoreKey>> index(String name) {
        return getIndexes().stream()
                .filter(index -> index.getName().equals(name))
                .findFirst();
    }

    /** Applies a change from the journal; again, if the store has it already. */
    public synchronized void replay(StoreKey position, byte @Nullable [] bytes) {
        var old = documents.get(position);
        if (bytes == null) {
            if (old == null) return;
            var before = DocumentBytes.decode(old);
            secondary.forEach(index -> index.unfile(before, position));
            documents.remove(position);
            return;
        }
        var after = DocumentBytes.decode(bytes);
        for (var index : secondary) {
            if (old == null) index.add(after, position, this);
            else index.updateInPlace(DocumentBytes.decode(old), after, position, this);
        }
        documents.put(position, bytes);
    }

    @Override
    public synchronized void addIndex(Index<StoreKey> index) {
        if (index instanceof OrderedIndex fresh && index(index.getName()).isEmpty()) fill(fresh);
        super.addIndex(index);
        if (index instanceof OrderedIndex ordered
                && index != primary
                && index(index.getName()).filter(index::equals).isPresent()) {
            secondary.add(ordered);
        }
    }

    /** The library would read all documents twice, and again at every start while the index has no entries. */
    private void fill(OrderedIndex index) {
        if (index.isEmpty()) {
            try (var walk = primary.walk(KeyRange.ALL, false)) {
                while (walk.next()) {
                    var bytes = walk.document();
                    if (bytes != null) index.add(DocumentBytes.decode(bytes), walk.position(), this);
                }
            } catch (MongoServerError e) {
                index.drop();
                throw new IndexBuildFailedException(e, this);
            }
        }
        index.filled();
    }

    @Override
    public synchronized void dropIndex(String name) {
        secondary.removeIf(index -> index.getName().equals(name));
        super.dropIndex(name);
    }

    @Override
    public synchronized void addDocument(Document document) {
        super.addDocument(document);
    }

    @Override
    public synchronized List<Document> insertDocuments(List<Document> inserted, boolean isOrdered) {
        return super.insertDocuments(inserted, isOrdered);
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        return super.findAndModify(query);
    }

    @Override
    public Document updateDocuments(
            Document selector,
            Document update,
            ArrayFilters arrayFilters,
            boolean isMulti,
            boolean isUpsert,
            Oplog oplog) {
        if (!isMulti) return updateFirst(selector, update, arrayFilters, isUpsert, oplog);
        while (true) {
            var result = updateAll(selector, update, arrayFilters, oplog);
            if (!isUpsert || !Integer.valueOf(0).equals(result.get("n"))) return result;
            synchronized (this) {
                if (count(selector, 0, 1) == 0) {
                    return updateLot(List.of(), selector, update, arrayFilters, true, oplog);
                }
            }
        }
    }

    private synchronized Document updateFirst(
            Document selector, Document update, ArrayFilters arrayFilters, boolean isUpsert, Oplog oplog) {
        firstMatchOnly = true;
        try {
            return super.updateDocuments(selector, update, arrayFilters, false, isUpsert, oplog);
        } finally {
            firstMatchOnly = false;
        }
    }

    private Document updateAll(Document selector, Document update, ArrayFilters arrayFilters, Oplog oplog) {
        var matched = 0;
        var modified = 0;
        try (var share = memory.share("Update");
                var walk = walk(selector, plan(selector, null, false), false, share)
                        .steady()) {
            List<Found> some;
            do {
                some = nextLot(walk);
                synchronized (this) {
                    var result = updateLot(stillFound(some, selector), selector, update, arrayFilters, false, oplog);
                    matched += number(result.get("n"));
                    modified += number(result.get("nModified"));
                }
                if (!some.isEmpty()) changes.breathe();
            } while (!some.isEmpty());
        }
        return new Document("n", matched).append("nModified", modified);
    }

    private Document updateLot(
            List<Document> some,
            Document selector,
            Document update,
            ArrayFilters arrayFilters,
            boolean isUpsert,
            Oplog oplog) {
        lot = some;
        try {
            return super.updateDocuments(selector, update, arrayFilters, true, isUpsert, oplog);
        } finally {
            lot = null;
        }
    }

    @Override
    public int deleteDocuments(Document selector, int limit, Oplog oplog) {
        if (limit > 0) return deleteFirst(selector, limit);
        var deleted = 0;
        try (var share = memory.share("Delete");
                var walk = walk(selector, plan(selector, null, false), false, share)) {
            for (var some = nextLot(walk); !some.isEmpty(); some = nextLot(walk)) {
                walk.pause();
                synchronized (this) {
                    var found = stillFound(some, selector);
                    found.forEach(this::removeDocument);
                    deleted += found.size();
                }
                changes.breathe();
            }
        }
        return deleted;
    }

    private synchronized int deleteFirst(Document selector, int limit) {
        List<Document> found = new ArrayList<>();
        try (var documents = find(selector, null, 0, limit)) {
            for (var each = documents.next(); each != null; each = documents.next()) found.add(each);
        }
        found.forEach(this::removeDocument);
        return found.size();
    }

    /** @param stored as it was when it was found */
    private record Found(StoreKey position, byte[] stored, Document document) {}

    private static List<Found> nextLot(PlanWalk walk) {
        List<Found> some = new ArrayList<>();
        var bytes = 0L;
        while (some.size() < CHANGED_AT_ONCE && bytes < CHANGED_BYTES && walk.next()) {
            some.add(new Found(walk.position(), walk.stored(), walk.document()));
            bytes += walk.stored().length;
        }
        return some;
    }

    /** Others may have been there before the lock was had. */
    private List<Document> stillFound(List<Found> some, Document selector) {
        List<Document> present = new ArrayList<>(some.size());
        for (var found : some) {
            var bytes = documents.get(found.position());
            if (bytes == null) continue;
            var document = Arrays.equals(bytes, found.stored()) ? found.document() : DocumentBytes.decode(bytes);
            if (matcher.matches(document, selector)) present.add(document);
        }
        return present;
    }

    @Override
    public synchronized void removeDocument(Document document) {
        var position = getIdField() == null ? findDocumentPosition(document) : position(document);
        if (position == null || !documents.containsKey(position)) return;
        secondary.forEach(index -> index.unfile(document, position));
        removeDocument(position);
    }

    @Override
    protected void removeDocument(StoreKey position) {
        documents.remove(position);
        changes.record(getFullName(), position, null);
    }

    @Override
    protected StoreKey addDocumentInternal(Document document) {
        var position = getIdField() == null ? StoreKey.of(new ObjectId()) : position(document);
        put(position, document);
        return position;
    }

    @Override
    protected void handleUpdate(StoreKey position, Document oldDocument, Document newDocument) {
        put(position, newDocument);
    }

    private void put(StoreKey position, Document document) {
        var bytes = DocumentBytes.encode(document);
        documents.put(position, bytes);
        changes.record(getFullName(), position, bytes);
    }

    private StoreKey position(Document document) {
        return StoreKey.of(Utils.getSubdocumentValue(document, getIdField()));
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fieldSelector) {
        if (Thread.holdsLock(this)) {
            if (lot != null) return new QueryResult(lot);
            if (firstMatchOnly) return new QueryResult(list(query, orderBy, numberToSkip, 1, fieldSelector));
        }
        // The library asks in this way for one document, or for all to look at one after the other.
        return limit > 0
                ? new QueryResult(list(query, orderBy, numberToSkip, limit, fieldSelector))
                : new QueryResult(
                        () -> find(query, orderBy, numberToSkip, limit).iterator());
    }

    private List<Document> list(
            Document query, @Nullable Document orderBy, int skip, int limit, @Nullable Document fieldSelector) {
        List<Document> listed = new ArrayList<>();
        try (var found = find(query, orderBy, skip, limit)) {
            for (var each = found.next(); each != null; each = found.next()) listed.add(each);
        }
        return project(listed, fieldSelector);
    }

    /** {@code {find: name, filter: {}, sort: {}, skip: 1, limit: 2, projection: {}}} */
    OpenCursors.Result result(Document query) {
        var filter = query.get("filter") instanceof Document document ? document : new Document();
        var order = query.get("sort") instanceof Document document ? document : null;
        var selector = query.get("projection") instanceof Document document ? document : null;
        // Refuses a projection that is none, before anything is read.
        project(List.of(new Document()), selector);
        var found = find(filter, order, number(query.get("skip")), Math.abs(number(query.get("limit"))));
        if (selector != null && isInclusion(selector)) found.needing(roots(selector));
        return new OpenCursors.Result(getFullName(), found, lot -> project(lot, selector));
    }

    /** Names what is wanted, not what is not; {@code _id} may be either. */
    private static boolean isInclusion(Document selector) {
        return selector.entrySet().stream()
                .allMatch(field -> field.getKey().equals("_id")
                        ? selector.size() > 1 || Utils.isTrue(field.getValue())
                        : !(field.getValue() instanceof Document) && Utils.isTrue(field.getValue()));
    }

    private static Set<String> roots(Document selector) {
        var roots = new HashSet<>(Set.of("_id"));
        for (var path : selector.keySet()) roots.add(QueryFields.root(path));
        return roots;
    }

    private List<Document> project(List<Document> documents, @Nullable Document selector) {
        if (selector == null || selector.isEmpty()) return documents;
        return matchDocumentsFromStream(new Document(), documents.stream(), 0, 0, 0, null, selector)
                .collectDocuments();
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    /** @param limit 0 for all */
    FoundDocuments find(Document query, @Nullable Document orderBy, int skip, int limit) {
        var natural = orderBy != null && orderBy.containsKey("$natural");
        var order = natural ? null : orderBy;
        var scan = plan(query, order, limit > 0);
        var share = memory.share("Sort");
        var reverse = natural ? isNaturalDescending(orderBy) : scan.reverse();
        return new FoundDocuments(walk(query, scan, reverse, share), scan, order, skip, wanted(skip, limit), share);
    }

    private static int wanted(int skip, int limit) {
        return limit > 0 ? (int) Math.min(Integer.MAX_VALUE, (long) skip + limit) : Integer.MAX_VALUE;
    }

    private PlanWalk walk(Document query, IndexScan scan, boolean reverse, QueryMemory.Share share) {
        return new PlanWalk(scan, reverse, documents::get, query, matcher, share);
    }

    IndexScan plan(Document query, @Nullable Document order, boolean limited) {
        return ScanPlanner.plan(query, order, limited, primary, secondary);
    }

    @Override
    public int count(@Nullable Document query, int skip, int limit) {
        if (query == null || query.isEmpty()) return super.count(query, skip, limit);
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
        try (var share = memory.share("Count");
                var walk = walk(query, scan, false, share)) {
            while (count < wanted && walk.next()) count++;
        }
        return count;
    }

    @Override
    public Document handleDistinct(Document query) {
        var key = String.valueOf(query.get("key"));
        var filter = query.get("query") instanceof Document document ? document : new Document();
        var values = new TreeSet<Object>(ValueComparator.ascWithoutListHandling());
        var bytes = 0L;
        try (var found = find(filter, null, 0, 0)) {
            for (var each = found.next(); each != null; each = found.next()) {
                var value = Utils.getSubdocumentValueCollectionAware(each, key);
                if (value instanceof Missing) continue;
                for (var one : value instanceof Collection<?> many ? many : Collections.singletonList(value)) {
                    if (values.add(one)) bytes += DocumentSize.of(one);
                }
                if (bytes > DISTINCT_BYTES) throw new MongoServerError(DISTINCT_TOO_BIG, "distinct too big, 16mb cap");
            }
        }
        var response = new Document("values", values);
        Utils.markOkay(response);
        return response;
    }

    @Override
    protected QueryResult matchDocuments(
            Document query, Document orderBy, int skip, int limit, int batchSize, Document fieldSelector) {
        return queryDocuments(query, orderBy, skip, limit, batchSize, fieldSelector);
    }

    @Override
    protected Stream<DocumentWithPosition<StoreKey>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream()
                .map(entry -> new DocumentWithPosition<>(DocumentBytes.decode(entry.getValue()), entry.getKey()));
    }

    /** Called with what has been read for one batch. */
    @Override
    protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
        return new QueryResult(matched);
    }

    @Override
    protected @Nullable Document getDocument(StoreKey position) {
        var bytes = documents.get(position);
        return bytes == null ? null : DocumentBytes.decode(bytes);
    }

    @Override
    public int count() {
        return documents.size();
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int sizeDelta) {}

    @Override
    protected int getDataSize() {
        return 0;
    }

    @Override
    public synchronized void renameTo(MongoDatabase newDatabase, String newName) {
        super.renameTo(newDatabase, newName);
        maps.renameDocuments(documents, getFullName());
        secondary.forEach(index -> index.renameTo(getFullName()));
    }

    @Override
    public synchronized void drop() {
        maps.remove(documents);
    }
}
