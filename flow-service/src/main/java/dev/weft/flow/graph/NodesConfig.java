package dev.weft.flow.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of steps by step id, kept as they were sent (api-v2 9.3):
 * {@code {"step_2":{"prefetch":3,"replicas":2,"passthrough":{"disabled":true},"log_level":"debug"}}}.
 */
public record NodesConfig(Map<String, Map<String, @Nullable Object>> entries) {

    public static final NodesConfig EMPTY = new NodesConfig(Map.of());

    private static final Set<String> MEMBERS = Set.of(
            "prefetch", "replicas", "passthrough", "log_level", "disable_dynamic_flow_control", "persistent_messages");
    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error", "fatal");
    private static final int MOST_REPLICAS = 5;
    /** Each is a message in memory, and perhaps an answer of a called server that comes byte by byte. */
    private static final int MOST_AT_ONCE = 1_000;

    /** Reads settings that were checked before. */
    public static NodesConfig stored(@Nullable Object value) {
        // Not validated: settings that an older release has accepted must stay readable.
        return EMPTY.merged(value, Set.of(), new GraphFaults(""), false);
    }

    /**
     * These settings changed by a client's: an entry that was sent replaces that step's, null removes it.
     *
     * @param steps ids that the graph knows
     */
    public NodesConfig merged(@Nullable Object sent, Set<String> steps, GraphFaults faults) {
        return merged(sent, steps, faults, true);
    }

    private NodesConfig merged(@Nullable Object sent, Set<String> steps, GraphFaults faults, boolean checked) {
        if (!(sent instanceof Map<?, ?> object)) {
            faults.add("", "nodes_config must be an object.");
            return this;
        }
        var merged = new LinkedHashMap<>(entries);
        object.forEach((step, entry) -> {
            if (faults.isFull()) {
                return;
            }
            var id = String.valueOf(step);
            var path = GraphFaults.part(id);
            // Null also removes the settings of a step that no longer exists; otherwise nobody could remove them.
            if (checked && !steps.contains(id) && !(entry == null && entries.containsKey(id))) {
                faults.add(path, "There is no step " + id + ".");
            }
            if (entry == null) {
                merged.remove(id);
            } else if (entry instanceof Map<?, ?> settings) {
                if (checked) {
                    check(settings, path, faults);
                }
                merged.put(id, copy(settings));
            } else {
                faults.add(path, "The settings of a step must be an object.");
            }
        });
        return new NodesConfig(Collections.unmodifiableMap(merged));
    }

    /** How many containers do the step's work at once, as far as it is one of a component that is not built in. */
    public int replicas(String step) {
        return entries.getOrDefault(step, Map.of()).get("replicas") instanceof Number number
                ? Math.clamp(number.longValue(), 1, MOST_REPLICAS)
                : 1;
    }

    /** Without the settings of steps that are gone. */
    public NodesConfig only(Set<String> steps) {
        // The same object, so that a change without effect is recognized as one.
        if (steps.containsAll(entries.keySet())) {
            return this;
        }
        var kept = new LinkedHashMap<>(entries);
        kept.keySet().retainAll(steps);
        return new NodesConfig(Collections.unmodifiableMap(kept));
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> settings) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        settings.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }

    private static void check(Map<?, ?> settings, String path, GraphFaults faults) {
        settings.forEach((member, value) -> {
            if (faults.isFull()) {
                return;
            }
            var name = String.valueOf(member);
            var where = path + GraphFaults.part(name);
            switch (name) {
                case "prefetch" -> checkRange(value, name, MOST_AT_ONCE, where, faults);
                case "replicas" -> checkRange(value, name, MOST_REPLICAS, where, faults);
                case "log_level" -> {
                    if (!(value instanceof String level) || !LEVELS.contains(level)) {
                        faults.add(where, "log_level must be one of trace, debug, info, warn, error, fatal.");
                    }
                }
                case "passthrough" -> checkPassthrough(value, where, faults);
                case "disable_dynamic_flow_control", "persistent_messages" -> checkFlag(value, name, where, faults);
                default -> faults.add(where, "A step has no setting " + name + "; there are " + listed() + ".");
            }
        });
    }

    private static String listed() {
        return String.join(", ", MEMBERS.stream().sorted().toList());
    }

    private static void checkRange(@Nullable Object value, String name, int most, String where, GraphFaults faults) {
        if (!(value instanceof Integer number) || number < 1 || number > most) {
            faults.add(where, name + " must be an integer from 1 to " + most + ".");
        }
    }

    private static void checkFlag(@Nullable Object value, String name, String where, GraphFaults faults) {
        if (!(value instanceof Boolean)) {
            faults.add(where, name + " must be true or false.");
        }
    }

    private static void checkPassthrough(@Nullable Object value, String where, GraphFaults faults) {
        if (!(value instanceof Map<?, ?> passthrough)) {
            faults.add(where, "passthrough must be an object.");
            return;
        }
        passthrough.forEach((member, flag) -> {
            var name = String.valueOf(member);
            if (name.equals("disabled")) {
                checkFlag(flag, name, where + "/disabled", faults);
            } else {
                faults.add(where + GraphFaults.part(name), "passthrough has no member " + name + ".");
            }
        });
    }
}
