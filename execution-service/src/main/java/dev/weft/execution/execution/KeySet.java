package dev.weft.execution.execution;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A set of effect keys that an execution waits for or has seen; only the first 64 bits of each are kept, 8 bytes in the
 * store.
 */
final class KeySet {

    /** Of an effect key. */
    private static final int LENGTH = 40;

    private final Set<Long> keys = new HashSet<>();

    static KeySet of(byte[] stored) {
        var set = new KeySet();
        var buffer = ByteBuffer.wrap(stored);
        while (buffer.remaining() >= Long.BYTES) {
            set.keys.add(buffer.getLong());
        }
        return set;
    }

    byte[] stored() {
        var buffer = ByteBuffer.allocate(keys.size() * Long.BYTES);
        keys.forEach(buffer::putLong);
        return buffer.array();
    }

    /** The part of an effect key that is kept. */
    static long bits(String key) {
        return HexFormat.fromHexDigitsToLong(key, 0, 16);
    }

    /** An effect key of which that part is kept, and no more. */
    static String key(long bits) {
        return HexFormat.of().toHexDigits(bits) + "0".repeat(LENGTH - 16);
    }

    Set<Long> bits() {
        return Set.copyOf(keys);
    }

    boolean add(String key) {
        return add(bits(key));
    }

    boolean add(long bits) {
        return keys.add(bits);
    }

    void remove(String key) {
        keys.remove(bits(key));
    }

    boolean contains(String key) {
        return keys.contains(bits(key));
    }

    /** A set of its own of those that are not among {@code others}. */
    KeySet without(Set<Long> others) {
        var rest = new KeySet();
        for (var key : keys) {
            if (!others.contains(key)) {
                rest.keys.add(key);
            }
        }
        return rest;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    int size() {
        return keys.size();
    }

    void clear() {
        keys.clear();
    }
}
