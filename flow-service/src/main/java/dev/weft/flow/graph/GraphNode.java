package dev.weft.flow.graph;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step: the function it runs and its settings.
 *
 * @param command     as sent, {@code team/component:method[@version]}; null only in a draft
 * @param fields      plain JSON values by field name
 * @param error       marks the error handler
 * @param componentId of the command's component, once it was looked up
 */
public record GraphNode(
        String id,
        @Nullable String command,
        String name,
        String description,
        Map<String, @Nullable Object> fields,
        @Nullable String credentialsId,
        @Nullable String secretId,
        @Nullable String vpnAgentId,
        List<String> selectedDataSamples,
        boolean error,
        @Nullable String componentId) {

    public GraphNode withComponent(String id) {
        return new GraphNode(
                this.id,
                command,
                name,
                description,
                fields,
                credentialsId,
                secretId,
                vpnAgentId,
                selectedDataSamples,
                error,
                id);
    }

    public GraphNode withoutCredential() {
        return new GraphNode(
                id,
                command,
                name,
                description,
                fields,
                null,
                secretId,
                vpnAgentId,
                selectedDataSamples,
                error,
                componentId);
    }
}
