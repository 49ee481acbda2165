package dev.weft.store.key;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link StoreKey} value by value. Every value begins with the byte of its type (never 0x00 or 0xff, so that
 * a key followed by 0xff is above all keys that continue it) and no value is the beginning of another one, so that
 * values can follow each other. The order among types, and of strings by UTF-16 units, is the library's
 * {@code ValueComparator}, since its matcher filters what an index finds.
 */
public final class KeyWriter {
    private static final int SIGN = 0x80;
    private byte[] bytes = new byte[48];
    private int size;

    public StoreKey toKey() {
        return new StoreKey(Arrays.copyOf(bytes, size));
    }

    public int size() {
        return size;
    }

    /** A descending value is written with all bits turned. */
    public KeyWriter value(@Nullable Object value, boolean ascending) {
        var start = size;
        write(value);
        if (!ascending) for (var i = start; i < size; i++) bytes[i] = (byte) ~bytes[i];
        return this;
    }

    public KeyWriter append(StoreKey key) {
        return append(key.bytes());
    }

    public KeyWriter append(byte... more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    private void write(@Nullable Object value) {
        put(KeyType.of(value).tag());
        switch (value) {
            case null -> {}
            case Missing _, MinKey _, MaxKey _ -> {}
            case Number number -> number(number);
            case String text -> text(text);
            case Map<?, ?> document -> document(document);
            case Collection<?> values -> {
                for (var each : values) {
                    put(1);
                    write(each);
                }
                put(0);
            }
            case BinData binary -> binary(binary.getData());
            case LegacyUUID legacy -> uuid(legacy.getUuid());
            case UUID uuid -> uuid(uuid);
            case ObjectId id -> append(id.toByteArray());
            case Boolean flag -> put(flag ? 1 : 0);
            case Instant instant -> number(instant.toEpochMilli(), 8, true);
            case BsonTimestamp timestamp -> number(timestamp.getValue(), 8, false);
            case BsonRegularExpression regex -> {
                text(regex.getPattern());
                text(regex.getOptions() == null ? "" : regex.getOptions());
            }
            default -> text(value.toString());
        }
    }

    /** As a double, then what the double lost of a long, so that neighbours beyond 2^53 stay apart. */
    private void number(Number number) {
        // Adding 0.0 turns -0.0 into 0.0, to which it is equal.
        var asDouble = number.doubleValue() + 0.0;
        var bits = Double.doubleToLongBits(asDouble);
        // With the sign bit flipped, the bits of positive doubles sort as the numbers do; those of negative ones sort
        // in reverse, so all bits are flipped. NaN is below all.
        number(Double.isNaN(asDouble) ? 0 : bits < 0 ? ~bits : bits ^ Long.MIN_VALUE, 8, false);
        var lost = 0L;
        if (number instanceof Long exact) {
            lost = asDouble >= 0x1p63 ? exact - Long.MAX_VALUE - 1 : exact - (long) asDouble;
        }
        number(lost, 2, true);
    }

    private void number(long value, int length, boolean signed) {
        ensure(length);
        for (var shift = 8 * (length - 1); shift >= 0; shift -= 8) bytes[size++] = (byte) (value >>> shift);
        if (signed) bytes[size - length] ^= (byte) SIGN;
    }

    private void text(String text) {
        ensure(3 * text.length() + 1);
        for (var i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            if (unit == 0) {
                // A 0 byte ends a text; a 0 within a text is followed by a byte that no value begins with.
                put(0);
                put(0xff);
            } else if (unit < 0x80) {
                bytes[size++] = (byte) unit;
            } else if (unit < 0x800) {
                put(0xc0 | (unit >> 6));
                put(0x80 | (unit & 0x3f));
            } else {
                put(0xe0 | (unit >> 12));
                put(0x80 | ((unit >> 6) & 0x3f));
                put(0x80 | (unit & 0x3f));
            }
        }
        put(0);
    }

    private void document(Map<?, ?> document) {
        document.forEach((name, value) -> {
            put(1);
            text(String.valueOf(name));
            write(value);
        });
        put(0);
    }

    private void binary(byte[] data) {
        number(data.length, 4, false);
        append(data);
    }

    private void uuid(UUID uuid) {
        number(uuid.getMostSignificantBits(), 8, false);
        number(uuid.getLeastSignificantBits(), 8, false);
    }

    private void put(int unit) {
        ensure(1);
        bytes[size++] = (byte) unit;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
}
