package dev.weft.execution.queue;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An upper bound, not far above the truth, of the bytes that headers take on the wire. */
final class HeaderSize {

    /** The kind of a value, its length, a number, a time. */
    private static final int FIXED = 16;
    /** Of a text, that counting it truly pays. */
    private static final int LONG = 1000;

    private HeaderSize() {}

    static long of(Map<?, ?> headers) {
        var size = 0L;
        for (var header : headers.entrySet()) {
            size += ofText(String.valueOf(header.getKey())) + ofValue(header.getValue());
        }
        return size;
    }

    private static long ofValue(@Nullable Object value) {
        return switch (value) {
            case null -> FIXED;
            case Number _, Boolean _ -> FIXED;
            case Map<?, ?> table -> FIXED + of(table);
            case Collection<?> list ->
                FIXED + list.stream().mapToLong(HeaderSize::ofValue).sum();
            default -> ofText(value.toString());
        };
    }

    private static long ofText(String text) {
        // No char takes more than three bytes in UTF-8; a pair of surrogates takes four.
        return FIXED + (text.length() <= LONG ? 3L * text.length() : text.getBytes(StandardCharsets.UTF_8).length);
    }
}
