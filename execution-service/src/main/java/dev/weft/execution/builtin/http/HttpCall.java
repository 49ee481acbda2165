package dev.weft.execution.builtin.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call to make; {@code body} null: none. */
record HttpCall(String method, URI url, List<HttpField> fields, byte @Nullable [] body, Duration timeout) {

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    /** A header. */
    record HttpField(String name, String value) {}
}
