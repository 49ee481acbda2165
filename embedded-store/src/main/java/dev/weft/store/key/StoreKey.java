package dev.weft.store.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sequence of values, encoded so that comparing the bytes as unsigned numbers sorts as the values do. */
public final class StoreKey implements Comparable<StoreKey> {
    private final byte[] bytes;

    StoreKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The key of a single value; 1, 1L and 1.0 have the same. */
    public static StoreKey of(@Nullable Object value) {
        return new KeyWriter().value(value, true).toKey();
    }

    /** Takes over the array. */
    public static StoreKey ofBytes(byte[] bytes) {
        return new StoreKey(bytes);
    }

    /** Not a copy: nobody may write to it. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    public StoreKey from(int offset) {
        return new StoreKey(Arrays.copyOfRange(bytes, offset, bytes.length));
    }

    @Override
    public int compareTo(StoreKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoreKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
