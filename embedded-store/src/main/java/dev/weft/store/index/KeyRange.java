package dev.weft.store.index;

import dev.weft.store.key.StoreKey;

/** The keys from {@code from}, included, to {@code to}, excluded. */
public record KeyRange(StoreKey from, StoreKey to) {
    private static final byte ABOVE_ALL = (byte) 0xff;
    public static final KeyRange ALL =
            new KeyRange(StoreKey.ofBytes(new byte[0]), StoreKey.ofBytes(new byte[] {ABOVE_ALL}));

    /** The keys that begin with the bytes of {@code prefix}, which ends where a value ends. */
    public static KeyRange startingWith(StoreKey prefix) {
        return new KeyRange(prefix, above(prefix));
    }

    /** A key above all those that begin with {@code prefix}, and below all others that are above them. */
    public static StoreKey above(StoreKey prefix) {
        var bytes = java.util.Arrays.copyOf(prefix.bytes(), prefix.length() + 1);
        bytes[prefix.length()] = ABOVE_ALL;
        return StoreKey.ofBytes(bytes);
    }
}
