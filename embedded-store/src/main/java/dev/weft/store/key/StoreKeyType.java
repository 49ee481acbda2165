package dev.weft.store.key;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Serializes keys in the maps of the file: their length, then their bytes. */
public final class StoreKeyType extends BasicDataType<StoreKey> {
    public static final StoreKeyType INSTANCE = new StoreKeyType();

    private StoreKeyType() {}

    @Override
    public int getMemory(StoreKey key) {
        return 40 + key.length();
    }

    @Override
    public void write(WriteBuffer buffer, StoreKey key) {
        buffer.putVarInt(key.length());
        buffer.put(key.bytes());
    }

    @Override
    public StoreKey read(ByteBuffer buffer) {
        var bytes = new byte[DataUtils.readVarInt(buffer)];
        buffer.get(bytes);
        return new StoreKey(bytes);
    }

    @Override
    public StoreKey[] createStorage(int size) {
        return new StoreKey[size];
    }

    @Override
    public int compare(StoreKey one, StoreKey other) {
        return one.compareTo(other);
    }
}
