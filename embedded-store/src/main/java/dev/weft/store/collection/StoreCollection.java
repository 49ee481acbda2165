package dev.weft.store.collection;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.oplog.Oplog;
import dev.weft.store.index.OrderedIndex;
import dev.weft.store.index.PrimaryIndex;
import dev.weft.store.index.StoreMaps;
import dev.weft.store.key.DocumentBytes;
import dev.weft.store.key.StoreKey;
import dev.weft.store.reading.CollectionReader;
import dev.weft.store.reading.OpenCursors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose documents are in a map ordered by {@code _id}. Writers take turns; readers need no lock: they read
 * a map as of one moment, decode documents of their own, and an index gets its new entry before it loses the old one.
 */
final class StoreCollection extends AbstractMongoCollection<StoreKey> {
    private final StoreMaps maps;
    private final MVMap<StoreKey, byte[]> documents;
    private final ChangeRecorder changes;
    private final CollectionIndexes indexes;
    private final CollectionReader reader;
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
            OpenCursors open) {
        super(database, name, options, cursors);
        this.maps = maps;
        this.changes = changes;
        documents = maps.documents(getFullName());
        indexes = new CollectionIndexes(documents);
        reader = new CollectionReader(documents::get, indexes.primary(), indexes.secondary(), open);
    }

    PrimaryIndex primary() {
        return indexes.primary();
    }

    CollectionReader reader() {
        return reader;
    }

    Optional<Index<StoreKey>> index(String name) {
        return getIndexes().stream()
                .filter(index -> index.getName().equals(name))
                .findFirst();
    }

    /** Applies a change from the journal; again, if the store has it already. */
    synchronized void replay(StoreKey position, byte @Nullable [] bytes) {
        var old = documents.get(position);
        if (bytes == null) {
            if (old == null) return;
            indexes.unfile(DocumentBytes.decode(old), position);
            documents.remove(position);
            return;
        }
        indexes.refile(old, bytes, position, this);
        documents.put(position, bytes);
    }

    @Override
    public synchronized void addIndex(Index<StoreKey> index) {
        if (index instanceof OrderedIndex fresh && index(index.getName()).isEmpty()) indexes.fill(fresh, this);
        super.addIndex(index);
        if (index instanceof OrderedIndex ordered
                && index(index.getName()).filter(index::equals).isPresent()) {
            indexes.add(ordered);
        }
    }

    @Override
    public synchronized void dropIndex(String name) {
        indexes.drop(name);
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
            // Another writer may have inserted a matching document meanwhile; then it is updated instead.
            synchronized (this) {
                if (count(selector, 0, 1) == 0) {
                    return updateLot(List.of(), selector, update, arrayFilters, true, oplog);
                }
            }
        }
    }

    private synchronized Document updateFirst(
            Document selector, Document update, ArrayFilters arrayFilters, boolean isUpsert, Oplog oplog) {
        // The library asks for all matching documents, and changes only the first.
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
        try (var lots = FoundLots.ofOneMoment(reader.walk("Update", selector), selector, documents)) {
            boolean any;
            do {
                // At least once, even with an empty lot: the library then refuses an invalid update also if nothing
                // matches.
                any = lots.next();
                synchronized (this) {
                    var result = updateLot(lots.stillFound(), selector, update, arrayFilters, false, oplog);
                    matched += number(result.get("n"));
                    modified += number(result.get("nModified"));
                }
                if (any) changes.breathe();
            } while (any);
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
        try (var lots = FoundLots.of(reader.walk("Delete", selector), selector, documents)) {
            while (lots.next()) {
                synchronized (this) {
                    var found = lots.stillFound();
                    found.forEach(this::removeDocument);
                    deleted += found.size();
                }
                changes.breathe();
            }
        }
        return deleted;
    }

    private synchronized int deleteFirst(Document selector, int limit) {
        var found = reader.list(selector, null, 0, limit);
        found.forEach(this::removeDocument);
        return found.size();
    }

    @Override
    public synchronized void removeDocument(Document document) {
        // The library's own collections of index descriptions have no ids.
        var position = getIdField() == null ? findDocumentPosition(document) : position(document);
        if (position == null || !documents.containsKey(position)) return;
        indexes.unfile(document, position);
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
        // The map and the journal share these bytes, so nobody may change them.
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
        // The library calls this for a single document, or for all to look at one after the other.
        return limit > 0
                ? new QueryResult(list(query, orderBy, numberToSkip, limit, fieldSelector))
                : new QueryResult(() -> reader.iterator(query, orderBy, numberToSkip, limit));
    }

    private List<Document> list(
            Document query, @Nullable Document orderBy, int skip, int limit, @Nullable Document fieldSelector) {
        return project(reader.list(query, orderBy, skip, limit), fieldSelector);
    }

    /** {@code {find: name, filter: {}, projection: {}}} */
    Document find(Document query) {
        var selector = query.get("projection") instanceof Document document ? document : null;
        // Refuses an invalid projection before anything is read.
        project(List.of(new Document()), selector);
        return reader.find(getFullName(), query, lot -> project(lot, selector));
    }

    private List<Document> project(List<Document> documents, @Nullable Document selector) {
        if (selector == null || selector.isEmpty()) return documents;
        return matchDocumentsFromStream(new Document(), documents.stream(), 0, 0, 0, null, selector)
                .collectDocuments();
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    @Override
    public int count(@Nullable Document query, int skip, int limit) {
        return query == null || query.isEmpty() ? super.count(query, skip, limit) : reader.count(query, skip, limit);
    }

    @Override
    public Document handleDistinct(Document query) {
        return reader.distinct(query);
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
        indexes.renameTo(getFullName());
    }

    @Override
    public synchronized void drop() {
        maps.remove(documents);
    }
}
