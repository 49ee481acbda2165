package dev.weft.store.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.key.StoreKey;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An index whose entries are ordered by the values of its fields. It is changed under the collection's lock and read
 * without it: a new entry is added before the old one is removed, and readers check each document that they find.
 */
public abstract class OrderedIndex extends Index<StoreKey> {
    private volatile boolean multikey;
    private volatile boolean filled;
    private @Nullable Document lastSeen;
    private IndexEntries lastEntries = IndexEntries.NONE;

    /** @param filled whether it was there before, and has been kept up to date since */
    OrderedIndex(String name, List<IndexKey> keys, boolean sparse, boolean multikey, boolean filled) {
        super(name, keys, sparse);
        this.multikey = multikey;
        this.filled = filled;
    }

    /** Through the entries in {@code range}; whoever asks for it closes it. */
    public abstract IndexWalk<?> walk(KeyRange range, boolean reverse);

    /** How many entries lie in {@code range}, without reading them. */
    public abstract long count(KeyRange range);

    abstract void put(StoreKey key, StoreKey position);

    abstract void remove(StoreKey key, StoreKey position);

    /** Keeps the fact that {@link #isMultikey()}. */
    abstract void saveMultikey();

    public abstract void renameTo(String namespace);

    /** Whether a document with an array in an indexed field was ever filed here. */
    public boolean isMultikey() {
        return multikey;
    }

    private void becomeMultikey() {
        saveMultikey();
        multikey = true;
    }

    /** Whether it has still to be filled from the documents; a sparse index without entries has not. */
    @Override
    public boolean isEmpty() {
        return !filled && super.isEmpty();
    }

    public void filled() {
        filled = true;
    }

    public boolean isSparseIndex() {
        return isSparse();
    }

    /** Whether entries that are equal in all fields are ordered by position. */
    public boolean endsWithPosition() {
        return !isUnique();
    }

    public void file(Document document, StoreKey position) {
        var entries = entries(document);
        // Marked before the first such entry is added; otherwise a reader would take the order of the index for the
        // order of documents.
        if (entries.fromArray() && !isMultikey()) becomeMultikey();
        entries.keys().forEach(key -> put(key, position));
    }

    public void refile(Document before, Document after, StoreKey position) {
        if (isUntouched(before, after)) return;
        var old = IndexEntries.of(getKeys(), isSparse(), before);
        file(after, position);
        var current = entries(after).keys();
        for (var key : old.keys()) if (!current.contains(key)) remove(key, position);
    }

    public void unfile(Document document, StoreKey position) {
        IndexEntries.of(getKeys(), isSparse(), document).keys().forEach(key -> remove(key, position));
    }

    /** Computed once for the check and for the change that follows it. */
    @SuppressWarnings("ReferenceEquality") // the same unchanged object; comparing contents costs more
    final IndexEntries entries(Document document) {
        if (lastSeen != document) {
            lastEntries = IndexEntries.of(getKeys(), isSparse(), document);
            lastSeen = document;
        }
        return lastEntries;
    }

    final boolean isUntouched(Document before, Document after) {
        for (var field : getKeys()) {
            var root = IndexEntries.root(field.getKey());
            if (!Objects.equals(before.getOrMissing(root), after.getOrMissing(root))) return false;
        }
        return true;
    }

    @Override
    public void checkAdd(Document document, MongoCollection<StoreKey> collection) {
        lastSeen = null;
        checkFree(entries(document).keys(), null, document, collection);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<StoreKey> collection) {
        lastSeen = null;
        if (isUntouched(before, after)) return;
        checkFree(entries(after).keys(), StoreKey.of(before.get("_id")), after, collection);
    }

    /** Refuses where an entry belongs to another document than the one at {@code owner}. */
    void checkFree(
            Set<StoreKey> keys, @Nullable StoreKey owner, Document document, MongoCollection<StoreKey> collection) {}

    @Override
    public void add(Document document, StoreKey position, MongoCollection<StoreKey> collection) {
        file(document, position);
        lastSeen = null;
    }

    @Override
    public void updateInPlace(
            Document before, Document after, StoreKey position, MongoCollection<StoreKey> collection) {
        refile(before, after, position);
        lastSeen = null;
    }

    @Override
    public @Nullable StoreKey remove(Document document) {
        var position = StoreKey.of(document.get("_id"));
        unfile(document, position);
        return position;
    }

    /** Only the primary index knows where a document lies. */
    @Override
    public @Nullable StoreKey getPosition(Document document) {
        return null;
    }

    /** The library's own choice of an index is not used: see {@code dev.weft.store.query}. */
    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public Iterable<StoreKey> getPositions(Document query) {
        throw new UnsupportedOperationException("Queries are planned by the collection");
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public boolean hasSameOptions(Index<?> other) {
        return super.hasSameOptions(other)
                && isUnique() == other.isUnique()
                && getKeys().toString().equals(other.getKeys().toString());
    }
}
