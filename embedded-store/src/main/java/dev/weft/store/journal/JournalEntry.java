package dev.weft.store.journal;

import dev.weft.store.key.StoreKey;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One changed document in its new state, or its removal if {@code document} is null.
 *
 * <p>In the file, all numbers big-endian: length of the rest without the checksum (4), CRC-32C of the rest (4),
 * sequence (8), length of the namespace (2), namespace, length of the key (4), key, and the document's BSON if any.
 */
public record JournalEntry(long sequence, String namespace, StoreKey key, byte @Nullable [] document) {
    private static final int HEADER = 8;
    private static final int LIMIT = 64 << 20;

    byte[] toBytes() {
        var name = namespace.getBytes(StandardCharsets.UTF_8);
        var rest = 8 + 2 + name.length + 4 + key.length() + 1 + (document == null ? 0 : document.length);
        var buffer = ByteBuffer.allocate(HEADER + rest);
        buffer.position(HEADER);
        buffer.putLong(sequence).putShort((short) name.length).put(name);
        buffer.putInt(key.length()).put(key.bytes());
        buffer.put((byte) (document == null ? 0 : 1));
        if (document != null) buffer.put(document);
        buffer.putInt(0, rest).putInt(4, checksum(buffer.array(), HEADER, rest));
        return buffer.array();
    }

    /** The next entry, or null at the end of what was written completely. */
    static @Nullable JournalEntry read(DataInputStream in) throws IOException {
        var header = in.readNBytes(HEADER);
        if (header.length < HEADER) return null;
        var length = ByteBuffer.wrap(header).getInt(0);
        // A torn entry may have any length, and would make us allocate that much memory.
        if (length < HEADER || length > LIMIT) return null;
        var rest = in.readNBytes(length);
        if (rest.length < length
                || checksum(rest, 0, length) != ByteBuffer.wrap(header).getInt(4)) return null;
        var buffer = ByteBuffer.wrap(rest);
        var sequence = buffer.getLong();
        var name = new byte[buffer.getShort()];
        buffer.get(name);
        var key = new byte[buffer.getInt()];
        buffer.get(key);
        var document = buffer.get() == 0 ? null : Arrays.copyOfRange(rest, buffer.position(), length);
        return new JournalEntry(sequence, new String(name, StandardCharsets.UTF_8), StoreKey.ofBytes(key), document);
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }
}
