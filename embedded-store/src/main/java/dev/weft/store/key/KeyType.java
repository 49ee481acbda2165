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
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The BSON types, in the order in which values of different types sort; a missing value sorts as null. */
public enum KeyType {
    MIN_KEY(2),
    NULL(4),
    NUMBER(6),
    STRING(8),
    DOCUMENT(10),
    ARRAY(12),
    BINARY(14),
    LEGACY_UUID(16),
    UUID_BINARY(18),
    OBJECT_ID(20),
    BOOLEAN(22),
    DATE(24),
    TIMESTAMP(26),
    REGULAR_EXPRESSION(28),
    MAX_KEY(30),
    OTHER(32);

    private final int tag;

    KeyType(int tag) {
        this.tag = tag;
    }

    public static KeyType of(@Nullable Object value) {
        return switch (value) {
            case null -> NULL;
            case Missing _ -> NULL;
            case String _ -> STRING;
            case Number _ -> NUMBER;
            case Instant _ -> DATE;
            case Boolean _ -> BOOLEAN;
            case ObjectId _ -> OBJECT_ID;
            case Map<?, ?> _ -> DOCUMENT;
            case Collection<?> _ -> ARRAY;
            case UUID _ -> UUID_BINARY;
            case LegacyUUID _ -> LEGACY_UUID;
            case BinData _ -> BINARY;
            case BsonTimestamp _ -> TIMESTAMP;
            case BsonRegularExpression _ -> REGULAR_EXPRESSION;
            case MinKey _ -> MIN_KEY;
            case MaxKey _ -> MAX_KEY;
            default -> OTHER;
        };
    }

    /** Whether two values of this type are equal, or in order, exactly when their keys are. */
    public boolean isScalar() {
        return switch (this) {
            case NUMBER, STRING, BINARY, LEGACY_UUID, UUID_BINARY, OBJECT_ID, BOOLEAN, DATE, TIMESTAMP -> true;
            case MIN_KEY, NULL, DOCUMENT, ARRAY, REGULAR_EXPRESSION, MAX_KEY, OTHER -> false;
        };
    }

    /** The first byte of a value; the gaps leave {@code tag + 1} free as an upper limit. */
    public int tag() {
        return tag;
    }
}
