package dev.weft.store.collection;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import de.bwaldvogel.mongo.oplog.Oplog;
import dev.weft.store.index.PlainIndex;
import dev.weft.store.index.StoreMaps;
import dev.weft.store.index.UniqueIndex;
import dev.weft.store.key.StoreKey;
import dev.weft.store.reading.OpenCursors;
import dev.weft.store.reading.PipelinePushdown;
import dev.weft.store.reading.QueryExplanation;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database of {@link StoreCollection}s; collections and indexes are made one at a time. */
public final class StoreDatabase extends AbstractMongoDatabase<StoreKey> {
    private final StoreMaps maps;
    private final ChangeRecorder changes;
    private final OpenCursors cursors;
    private boolean opening = true;

    /** @param library the library's own cursors, of which there are none */
    public StoreDatabase(
            String name, CursorRegistry library, StoreMaps maps, ChangeRecorder changes, OpenCursors cursors) {
        super(name, library);
        this.maps = maps;
        this.changes = changes;
        this.cursors = cursors;
        initializeNamespacesAndIndexes();
        opening = false;
    }

    /** Applies a change from the journal; without a document a removal. */
    public void replay(String collection, StoreKey position, byte @Nullable [] document) {
        collection(collection).replay(position, document);
    }

    private StoreCollection collection(String name) {
        return (StoreCollection) resolveCollection(name, true);
    }

    @Override
    public Document handleCommand(
            Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
        return switch (command) {
            case "find" -> find(query);
            case "aggregate" ->
                aggregate(query, databases, oplog)
                        .orElseGet(() -> super.handleCommand(channel, command, query, databases, oplog));
            case "explain" -> query.get(command) instanceof Document find ? explain(find) : explain(new Document());
            case "dropIndexes" -> dropIndexes(query);
            case "createIndexes" -> {
                IndexDemands.check(query);
                yield super.handleCommand(channel, command, query, databases, oplog);
            }
            default -> super.handleCommand(channel, command, query, databases, oplog);
        };
    }

    private Document find(Document query) {
        var name = String.valueOf(query.get("find"));
        var collection = (StoreCollection) resolveCollection(name, false);
        return collection == null ? cursors.nothing(getFullCollectionNamespace(name)) : collection.find(query);
    }

    /** Empty where there is no such collection. */
    private Optional<Document> aggregate(Document query, DatabaseResolver databases, Oplog oplog) {
        if (!(query.get("aggregate") instanceof String name)) return Optional.empty();
        if (!(resolveCollection(name, false) instanceof StoreCollection collection)) return Optional.empty();
        return PipelinePushdown.answer(collection, collection.reader(), query, databases, oplog);
    }

    private Document explain(Document find) {
        var collection = (StoreCollection) resolveCollection(String.valueOf(find.get("find")), false);
        return QueryExplanation.of(collection == null ? null : collection.reader(), find);
    }

    /** The library's would take indexes of the same name from other collections too. */
    private synchronized Document dropIndexes(Document query) {
        var collection = (StoreCollection) resolveCollection(String.valueOf(query.get("dropIndexes")), false);
        if (collection != null) {
            var wanted = query.get("index");
            collection.getIndexes().stream()
                    .filter(index -> !index.getName().equals("_id_"))
                    .filter(index -> "*".equals(wanted)
                            || index.getName().equals(wanted)
                            || IndexDemands.sameKeys(index.toIndexDescription().get("key"), wanted))
                    .map(Index::getName)
                    .toList()
                    .forEach(name -> dropIndex(collection, name));
        }
        var response = new Document();
        Utils.markOkay(response);
        return response;
    }

    @Override
    protected void dropIndex(MongoCollection<StoreKey> collection, String name) {
        super.dropIndex(collection, name);
        indexes.get()
                .deleteDocuments(new Document("ns", collection.getFullName()).append("name", name), 0, NoopOplog.get());
    }

    @Override
    protected MongoCollection<StoreKey> resolveOrCreateCollection(String name) {
        var collection = resolveCollection(name, false);
        // Every insert passes here, so the lock is taken only if the collection seems to be missing; the library checks
        // again under it.
        if (collection != null) return collection;
        synchronized (this) {
            return super.resolveOrCreateCollection(name);
        }
    }

    @Override
    public synchronized MongoCollection<StoreKey> createCollectionOrThrowIfExists(
            String name, CollectionOptions options) {
        return super.createCollectionOrThrowIfExists(name, options);
    }

    @Override
    protected synchronized void addIndex(Document description) {
        super.addIndex(description);
    }

    @Override
    protected MongoCollection<StoreKey> openOrCreateCollection(String name, CollectionOptions options) {
        // Descriptions of collections and indexes are not in the journal; changes of them wait for a checkpoint.
        var recorder = name.startsWith("system.") ? ChangeRecorder.NONE : changes;
        return new StoreCollection(this, name, options, cursorRegistry, maps, recorder, cursors);
    }

    @Override
    protected Index<StoreKey> openOrCreateUniqueIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        // The map of documents is ordered by _id, so it is this index.
        if (indexName.equals("_id_")) return collection(collectionName).primary();
        forgetUnless(collectionName, indexName);
        return UniqueIndex.open(maps, getFullCollectionNamespace(collectionName), indexName, keys, sparse);
    }

    @Override
    protected Index<StoreKey> openOrCreateSecondaryIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        forgetUnless(collectionName, indexName);
        return PlainIndex.open(maps, getFullCollectionNamespace(collectionName), indexName, keys, sparse);
    }

    /** A map of an index that is neither described nor in use was left behind, and is out of date. */
    private void forgetUnless(String collectionName, String indexName) {
        if (opening || collection(collectionName).index(indexName).isPresent()) return;
        maps.removeIndex(getFullCollectionNamespace(collectionName), indexName);
    }

    @Override
    protected long getFileSize() {
        return maps.fileSize();
    }

    @Override
    protected long getStorageSize() {
        return maps.fileSize();
    }
}
