package dev.weft.store.key;

import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Decodes only some fields of a document: a filter or a sort needs few, and most of a large document is in other
 * fields. Those are skipped by their length (BSON 1.1).
 */
public final class DocumentPart {
    private static final int HEADER = 4;

    private final byte[] bytes;
    private final ByteBuffer numbers;
    private int at = HEADER;

    private DocumentPart(byte[] bytes) {
        this.bytes = bytes;
        numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @param fields names without dots */
    public static Document decode(byte[] bytes, Set<String> fields) {
        return DocumentBytes.decode(cut(bytes, fields));
    }

    /** The same, not decoded. */
    public static byte[] cut(byte[] bytes, Set<String> fields) {
        return new DocumentPart(bytes).read(fields);
    }

    private byte[] read(Set<String> fields) {
        var part = new byte[bytes.length];
        var size = HEADER;
        while (bytes[at] != 0) {
            var start = at;
            var type = bytes[at++];
            var end = endOfText(at);
            var name = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            at = end + 1;
            at += lengthOf(type);
            if (fields.contains(name)) {
                System.arraycopy(bytes, start, part, size, at - start);
                size += at - start;
            }
        }
        part[size++] = 0;
        ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN).putInt(0, size);
        return Arrays.copyOf(part, size);
    }

    private int endOfText(int from) {
        var end = from;
        while (bytes[end] != 0) end++;
        return end;
    }

    /** Of the value that begins here. */
    private int lengthOf(byte type) {
        return switch (type) {
            case 0x06, 0x0a, (byte) 0xff, 0x7f -> 0;
            case 0x08 -> 1;
            case 0x10 -> 4;
            case 0x01, 0x09, 0x11, 0x12 -> 8;
            case 0x07 -> 12;
            case 0x13 -> 16;
            // The length of a text excludes the length field; that of a document or an array includes it.
            case 0x02, 0x0d, 0x0e -> HEADER + numbers.getInt(at);
            case 0x03, 0x04, 0x0f -> numbers.getInt(at);
            // The length of a binary also excludes its subtype byte.
            case 0x05 -> HEADER + 1 + numbers.getInt(at);
            case 0x0b -> endOfText(endOfText(at) + 1) + 1 - at;
            case 0x0c -> HEADER + numbers.getInt(at) + 12;
            default -> throw new IllegalArgumentException("There is no BSON type " + type);
        };
    }
}
