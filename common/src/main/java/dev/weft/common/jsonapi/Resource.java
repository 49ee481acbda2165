package dev.weft.common.jsonapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One resource object: {@code {"id","type","links":{"self"},"attributes","relationships"}}. Made with {@link #of} and
 * filled by {@link #attribute} and the relationship methods; attributes keep their order.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resource(
        @Nullable String id,
        String type,
        @Nullable Map<String, String> links,
        Map<String, @Nullable Object> attributes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Relationship> relationships) {

    /** {@code self} is the path of the resource without host, or null for one that has none. */
    public static Resource of(String type, @Nullable String id, @Nullable String self) {
        return new Resource(
                id, type, self == null ? null : Map.of("self", self), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    public Resource attribute(String name, @Nullable Object value) {
        attributes.put(name, value);
        return this;
    }

    /** Sends the attribute only when it has a value. */
    public Resource optional(String name, @Nullable Object value) {
        return value == null ? this : attribute(name, value);
    }

    /** A relationship to one resource; without target it is left out (api-v2 1.2). */
    public Resource toOne(String name, String otherType, @Nullable String otherId, String collection) {
        if (otherId != null) {
            relationships.put(
                    name,
                    new Relationship(new Linkage(otherId, otherType), Map.of("self", collection + "/" + otherId)));
        }
        return this;
    }

    public Resource toMany(String name, String otherType, List<String> ids, String self) {
        relationships.put(
                name,
                new Relationship(
                        ids.stream().map(id -> new Linkage(id, otherType)).toList(), Map.of("self", self)));
        return this;
    }

    public Resource relationship(String name, Relationship relationship) {
        relationships.put(name, relationship);
        return this;
    }

    /** The link between two resources; {@code data} is a {@link Linkage}, a list of them, or absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Relationship(
            @Nullable Object data, @Nullable Map<String, String> links) {

        public static Relationship related(String path) {
            return new Relationship(null, Map.of("related", path));
        }
    }

    /** Names a resource: {@code {"id","type"}}. */
    public record Linkage(String id, String type) {}
}
