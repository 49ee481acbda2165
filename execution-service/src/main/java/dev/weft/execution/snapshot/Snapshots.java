package dev.weft.execution.snapshot;

import dev.weft.execution.step.StepFailure;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the snapshots of steps. A snapshot is stored only when everything that the step emitted with it is safe: one
 * stored earlier would make a step skip messages that were never sent. The step's next message sees it at once
 * nevertheless, and snapshots are stored in the order in which steps made them. When a step works on several messages
 * at once, the last writer wins.
 */
@Service
public class Snapshots {

    /** As the API has it (api-v2 9.9). */
    private static final int LARGEST = 5 * 1024;

    private final SnapshotStore store;
    private final JsonMapper json;
    /** The newest of each step that is not stored yet. */
    private final Map<String, WaitingSnapshot> newest = new ConcurrentHashMap<>();

    public Snapshots(SnapshotStore store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /** Plain values; null when the step has stored none. */
    public @Nullable Object find(String flowId, String stepId) {
        var waiting = newest.get(name(flowId, stepId));
        // A snapshot leaves the map when it is stored or given up, so whoever does not find one here finds the valid
        // one in the store.
        var text = waiting == null ? store.find(flowId, stepId) : waiting.json();
        return text == null ? null : json.readValue(text, Object.class);
    }

    /**
     * Nothing is stored yet; whoever gets it must store or drop it.
     *
     * @param merge shallow, into what the step remembers
     * @throws StepFailure when it is too large
     */
    public WaitingSnapshot remember(String flowId, String stepId, @Nullable Object value, boolean merge) {
        var text = json.writeValueAsString(merge ? merged(find(flowId, stepId), value) : value);
        var bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST) {
            throw new StepFailure(
                    "SnapshotTooLarge", "A snapshot of " + bytes + " bytes; at most " + LARGEST + " are kept.");
        }
        var name = name(flowId, stepId);
        var waiting = new WaitingSnapshot(
                text,
                newest.get(name),
                () -> store.save(flowId, stepId, text),
                (ended, before) -> newest.computeIfPresent(name, (_, last) -> last == ended ? before : last));
        newest.put(name, waiting);
        return waiting;
    }

    private static String name(String flowId, String stepId) {
        return flowId + ":" + stepId;
    }

    private static @Nullable Object merged(@Nullable Object stored, @Nullable Object value) {
        if (stored instanceof Map<?, ?> old && value instanceof Map<?, ?> changes) {
            var all = new LinkedHashMap<Object, Object>(old);
            all.putAll(changes);
            return all;
        }
        return value;
    }
}
