package dev.weft.store.reading;

import de.bwaldvogel.mongo.bson.BinData;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estimates the BSON size of a value in bytes; of a text the characters are counted. */
final class DocumentSize {
    private static final int EMPTY = 5;
    private static final int NAME = 2;
    private static final int SCALAR = 8;

    private DocumentSize() {}

    static long of(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> document -> {
                var size = (long) EMPTY;
                for (var field : document.entrySet()) {
                    size += NAME + field.getKey().toString().length() + of(field.getValue());
                }
                yield size;
            }
            case Collection<?> values -> {
                var size = (long) EMPTY;
                for (var each : values) size += NAME + 1 + of(each);
                yield size;
            }
            case String text -> EMPTY + (long) text.length();
            case BinData binary -> EMPTY + (long) binary.getData().length;
            case byte[] bytes -> EMPTY + (long) bytes.length;
            case null, default -> SCALAR;
        };
    }
}
