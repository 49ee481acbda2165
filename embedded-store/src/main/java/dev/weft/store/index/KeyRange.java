package dev.weft.store.index;

import dev.weft.store.key.StoreKey;
import org.h2.mvstore.MVMap;

/** The keys from {@code from}, included, to {@code to}, excluded. */
public record KeyRange(StoreKey from, StoreKey to) {
    private static final byte ABOVE_ALL = (byte) 0xff;
    public static final KeyRange ALL =
            new KeyRange(StoreKey.ofBytes(new byte[0]), StoreKey.ofBytes(new byte[] {ABOVE_ALL}));

    /** The keys that begin with the bytes of {@code prefix}, which ends where a value ends. */
    public static KeyRange startingWith(StoreKey prefix) {
        return new KeyRange(prefix, above(prefix));
    }

    /** What is left of it for a walk that has read {@code key}. */
    public KeyRange behind(StoreKey key, boolean reverse) {
        return reverse ? new KeyRange(from, key) : new KeyRange(next(key), to);
    }

    /** How many keys of {@code map} lie in it: every page knows how many are below it. */
    long count(MVMap<StoreKey, ?> map) {
        return Math.max(0, keysBelow(map, to) - keysBelow(map, from));
    }

    private static long keysBelow(MVMap<StoreKey, ?> map, StoreKey key) {
        var index = map.getKeyIndex(key);
        return index < 0 ? -(index + 1) : index;
    }

    /** The key that follows at once: longer by the lowest byte. */
    private static StoreKey next(StoreKey key) {
        return StoreKey.ofBytes(java.util.Arrays.copyOf(key.bytes(), key.length() + 1));
    }

    /** A key above all those that begin with {@code prefix}, and below all others that are above them. */
    public static StoreKey above(StoreKey prefix) {
        var bytes = java.util.Arrays.copyOf(prefix.bytes(), prefix.length() + 1);
        bytes[prefix.length()] = ABOVE_ALL;
        return StoreKey.ofBytes(bytes);
    }
}
