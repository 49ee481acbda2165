package dev.weft.store.collection;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.oplog.Oplog;
import dev.weft.store.index.OrderedIndex;
import dev.weft.store.index.PrimaryIndex;
import dev.weft.store.index.StoreMaps;
import dev.weft.store.key.DocumentBytes;
import dev.weft.store.key.StoreKey;
import dev.weft.store.query.IndexScan;
import dev.weft.store.query.ScanPlanner;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private static final int REPLY_BYTES = 12 << 20;
    private static final int MOST_CURSORS = 200;

    private final StoreMaps maps;
    private final MVMap<StoreKey, byte[]> documents;
    private final ChangeRecorder changes;
    private final PrimaryIndex primary;
    private final List<OrderedIndex> secondary = new CopyOnWriteArrayList<>();
    // The library's own matcher remembers a position for updates, which readers would overwrite.
    private final QueryMatcher matcher = new DefaultQueryMatcher();
    private final Queue<Long> openCursors = new ConcurrentLinkedQueue<>();
    private boolean firstMatchOnly;

    StoreCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            CursorRegistry cursors,
            StoreMaps maps,
            ChangeRecorder changes) {
        super(database, name, options, cursors);
        this.maps = maps;
        this.changes = changes;
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
        try {
            super.addIndex(index);
        } catch (IndexBuildFailedException e) {
            index.drop();
            throw e;
        }
        if (index instanceof OrderedIndex ordered
                && index != primary
                && index(index.getName()).filter(index::equals).isPresent()) {
            secondary.add(ordered);
        }
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
    public synchronized Document updateDocuments(
            Document selector,
            Document update,
            ArrayFilters arrayFilters,
            boolean isMulti,
            boolean isUpsert,
            Oplog oplog) {
        firstMatchOnly = !isMulti;
        try {
            return super.updateDocuments(selector, update, arrayFilters, isMulti, isUpsert, oplog);
        } finally {
            firstMatchOnly = false;
        }
    }

    @Override
    public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
        var found = find(selector, null, Math.max(limit, 0)).documents();
        found.forEach(this::removeDocument);
        return found.size();
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
        var most = firstMatchOnly && Thread.holdsLock(this) ? 1 : limit;
        var found = find(query, orderBy, most > 0 ? numberToSkip + most : 0);
        var documents = found.documents();
        documents = documents.subList(Math.min(numberToSkip, documents.size()), documents.size());
        var batch = batchSize;
        if (batch == 0 && found.bytes() > REPLY_BYTES) {
            batch = (int) Math.max(1, documents.size() * (long) REPLY_BYTES / found.bytes());
        }
        return matchDocumentsFromStream(new Document(), documents.stream(), 0, 0, batch, null, fieldSelector);
    }

    /** @param wanted 0 for all */
    FoundDocuments find(Document query, @Nullable Document orderBy, int wanted) {
        var natural = orderBy != null && orderBy.containsKey("$natural");
        var order = natural ? null : orderBy;
        var scan = plan(query, order, wanted > 0);
        return new QueryRun(
                        scan,
                        documents::get,
                        document -> matcher.matches(document, query),
                        order,
                        wanted > 0 ? wanted : Integer.MAX_VALUE)
                .find(natural ? isNaturalDescending(orderBy) : scan.reverse());
    }

    IndexScan plan(Document query, @Nullable Document order, boolean limited) {
        return ScanPlanner.plan(query, order, limited, primary, secondary);
    }

    @Override
    public int count(@Nullable Document query, int skip, int limit) {
        if (query == null || query.isEmpty()) return super.count(query, skip, limit);
        var scan = plan(query, null, false);
        var count = scan.exact() && !scan.whole()
                ? countEntries(scan)
                : find(query, null, limit > 0 ? skip + limit : 0).documents().size();
        var rest = Math.max(0, count - Math.max(0, skip));
        return limit > 0 ? Math.min(limit, rest) : rest;
    }

    private static int countEntries(IndexScan scan) {
        var count = new int[1];
        for (var range : scan.ranges()) {
            scan.index().scan(range, false, (_, _) -> {
                count[0]++;
                return true;
            });
        }
        return count[0];
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

    @Override
    protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
        if (batchSize <= 0 || matched.size() <= batchSize) return new QueryResult(matched);
        var rest = List.copyOf(matched.subList(batchSize, matched.size()));
        var cursor = new BatchedCursor(cursorRegistry.generateCursorId(), rest, batchSize);
        cursorRegistry.add(cursor);
        // A client that went away never closes its cursors.
        openCursors.add(cursor.getId());
        if (openCursors.size() > MOST_CURSORS) cursorRegistry.remove(openCursors.remove());
        return new QueryResult(List.copyOf(matched.subList(0, batchSize)), cursor);
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
