package dev.weft.registry.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.registry.catalogue.BuiltInComponent;
import java.util.Map;

/** A component, and whether flows of the workspace may use it. */
record UsableComponent(
        String id,
        String name,
        @JsonProperty("team_name") String teamName,
        String access,
        boolean usable,
        @JsonProperty("latest_revision") String latestRevision,
        Map<String, Object> descriptor) {

    static UsableComponent of(BuiltInComponent component) {
        return new UsableComponent(
                component.id(),
                component.name(),
                BuiltInComponent.TEAM,
                BuiltInComponent.ACCESS,
                true,
                component.revision(),
                component.descriptor());
    }
}
