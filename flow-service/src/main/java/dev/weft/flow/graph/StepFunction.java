package dev.weft.flow.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trigger or action that a step's command names, as the registry knows it.
 *
 * @param trigger false for an action
 * @param polling             a trigger that fires by time
 * @param fields              rules by field name
 * @param needsCredentials    whether the component needs a credential to work
 * @param service             the descriptor's {@code service}
 */
public record StepFunction(
        String componentId,
        String revision,
        String team,
        String component,
        String method,
        boolean trigger,
        boolean polling,
        Map<String, FieldRule> fields,
        boolean needsCredentials,
        @Nullable String service) {

    static final String BUILT_IN_TEAM = "weft";

    public boolean isBuiltIn() {
        return team.equals(BUILT_IN_TEAM);
    }

    /** {@code team/component:method}, without version. */
    public String name() {
        return team + "/" + component + ":" + method;
    }

    /** The rules in {@code fields} of a function's descriptor. */
    public static Map<String, FieldRule> rules(Map<?, ?> function) {
        var rules = new LinkedHashMap<String, FieldRule>();
        if (function.get("fields") instanceof Map<?, ?> fields) {
            fields.forEach((name, field) -> {
                // A descriptor for a newer release may have members that this one does not know.
                if (field instanceof Map<?, ?> descriptor) {
                    rules.put(String.valueOf(name), FieldRule.of(descriptor));
                }
            });
        }
        return rules;
    }

    /** Whether a descriptor's {@code credentials} has a required field. */
    public static boolean needsCredentials(@Nullable Map<?, ?> credentials) {
        return credentials != null
                && credentials.get("fields") instanceof Map<?, ?> fields
                && fields.values().stream()
                        .anyMatch(
                                field -> field instanceof Map<?, ?> rule && Boolean.TRUE.equals(rule.get("required")));
    }
}
