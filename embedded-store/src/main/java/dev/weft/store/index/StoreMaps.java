package dev.weft.store.index;

import dev.weft.store.key.StoreKey;
import dev.weft.store.key.StoreKeyType;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The maps of the file: {@code documents.<database>.<collection>}, {@code index.<database>.<collection>.<index>} and
 * {@code numbers}, which holds the checkpoint and which indexes are multikey (by the id of their map).
 */
public final class StoreMaps {
    private static final String DOCUMENTS = "documents.";
    private static final String INDEX = "index.";
    private static final String CHECKPOINT = "checkpoint";
    private static final String MULTIKEY = "multikey.";
    private final MVStore store;
    private final MVMap<String, Long> numbers;
    private final AtomicLong structure = new AtomicLong();

    public StoreMaps(MVStore store) {
        this.store = store;
        numbers = open("numbers", StringDataType.INSTANCE, LongDataType.INSTANCE);
    }

    /** Changes whenever a map is made, removed or renamed: such changes are not in the journal. */
    public long structure() {
        return structure.get();
    }

    public long checkpoint() {
        return numbers.getOrDefault(CHECKPOINT, 0L);
    }

    public void checkpoint(long sequence) {
        numbers.put(CHECKPOINT, sequence);
    }

    public Stream<String> databases() {
        return store.getMapNames().stream()
                .filter(name -> name.startsWith(DOCUMENTS))
                .map(name -> name.substring(DOCUMENTS.length(), name.indexOf('.', DOCUMENTS.length())))
                .distinct();
    }

    public long fileSize() {
        var file = store.getFileStore();
        return file == null ? 0 : file.size();
    }

    public MVMap<StoreKey, byte[]> documents(String namespace) {
        return open(DOCUMENTS + namespace, StoreKeyType.INSTANCE, ByteArrayDataType.INSTANCE);
    }

    boolean hasIndex(String namespace, String name) {
        return store.hasMap(indexMap(namespace, name));
    }

    MVMap<StoreKey, Long> plainIndex(String namespace, String name) {
        return open(indexMap(namespace, name), StoreKeyType.INSTANCE, LongDataType.INSTANCE);
    }

    MVMap<StoreKey, StoreKey> uniqueIndex(String namespace, String name) {
        return open(indexMap(namespace, name), StoreKeyType.INSTANCE, StoreKeyType.INSTANCE);
    }

    /** Forgets what an index of this name held, which nobody kept up to date. */
    public void removeIndex(String namespace, String name) {
        var map = indexMap(namespace, name);
        if (!store.hasMap(map)) return;
        structure.incrementAndGet();
        store.removeMap(map);
    }

    boolean isMultikey(MVMap<?, ?> index) {
        return numbers.containsKey(MULTIKEY + index.getId());
    }

    void saveMultikey(MVMap<?, ?> index) {
        numbers.put(MULTIKEY + index.getId(), 1L);
    }

    public void remove(MVMap<?, ?> map) {
        structure.incrementAndGet();
        numbers.remove(MULTIKEY + map.getId());
        store.removeMap(map);
    }

    public void renameDocuments(MVMap<?, ?> documents, String namespace) {
        rename(documents, DOCUMENTS + namespace);
    }

    void renameIndex(MVMap<?, ?> index, String namespace, String name) {
        rename(index, indexMap(namespace, name));
    }

    private void rename(MVMap<?, ?> map, String name) {
        structure.incrementAndGet();
        store.renameMap(map, name);
    }

    private <K, V> MVMap<K, V> open(
            String name, org.h2.mvstore.type.DataType<K> keys, org.h2.mvstore.type.DataType<V> values) {
        if (!store.hasMap(name)) structure.incrementAndGet();
        return store.openMap(name, new MVMap.Builder<K, V>().keyType(keys).valueType(values));
    }

    private static String indexMap(String namespace, String name) {
        return INDEX + namespace + '.' + name;
    }
}
