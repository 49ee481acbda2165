package dev.weft.sandbox.message;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The root of an evaluation: the message's body, with one more member {@code elasticio} for what earlier steps emitted.
 * It is not enumerated, and hides a member of the body with the same name (components.md).
 */
final class BodyView extends AbstractMap<String, @Nullable Object> {

    private final Map<String, @Nullable Object> body;
    private final Map<String, ?> passthrough;

    BodyView(Map<String, @Nullable Object> body, Map<String, ?> passthrough) {
        this.body = body;
        this.passthrough = passthrough;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return MessageEvaluation.PASSTHROUGH.equals(key) ? passthrough : body.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return MessageEvaluation.PASSTHROUGH.equals(key) || body.containsKey(key);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return body.entrySet();
    }
}
