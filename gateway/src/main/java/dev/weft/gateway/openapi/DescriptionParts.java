package dev.weft.gateway.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One description out of parts, each of which is an OpenAPI document about one resource: {@code paths} and
 * {@code components} of all parts are put together, everything else is the first part's alone.
 */
final class DescriptionParts {

    private static final String PATHS = "paths";
    private static final String COMPONENTS = "components";
    private static final String TAGS = "tags";
    private static final String PARAMETERS = "parameters";

    private final Map<String, Object> joined = new LinkedHashMap<>();
    private final Map<String, Object> paths = new LinkedHashMap<>();
    private final Map<String, Object> components = new LinkedHashMap<>();
    private final List<Object> tags = new ArrayList<>();

    /** @param name for whoever looks for what is described twice */
    DescriptionParts add(String name, Map<?, ?> part) {
        part.forEach((member, value) -> {
            switch (String.valueOf(member)) {
                case PATHS -> members(value).forEach((path, item) -> merge(name, paths, path, members(item)));
                case COMPONENTS ->
                    members(value).forEach((kind, named) -> merge(name, components, kind, members(named)));
                case TAGS -> tags.addAll((List<?>) value);
                default -> put(name, joined, String.valueOf(member), value);
            }
        });
        return this;
    }

    private static void merge(String name, Map<String, Object> into, String key, Map<String, Object> more) {
        @SuppressWarnings("unchecked")
        var known = (Map<String, Object>) into.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
        more.forEach((member, value) -> put(name, known, member, value));
    }

    private static void put(String name, Map<String, Object> into, String member, Object value) {
        var present = into.putIfAbsent(member, value);
        // Two parts that share a path both say what its variables are.
        if (present != null && !(member.equals(PARAMETERS) && present.equals(value))) {
            throw new IllegalStateException(name + " describes " + member + " for a second time.");
        }
    }

    /** The whole document; the parts are not used any more. */
    Map<String, Object> join() {
        joined.put(TAGS, tags);
        joined.put(PATHS, paths);
        joined.put(COMPONENTS, components);
        return joined;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> members(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value, "a part lacks a member");
    }
}
