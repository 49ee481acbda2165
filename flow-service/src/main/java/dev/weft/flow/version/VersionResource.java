package dev.weft.flow.version;

import dev.weft.common.jsonapi.Resource;
import dev.weft.flow.content.FlowVersion;
import dev.weft.flow.graph.GraphForm;

/** A version in JSON:API (api-v2 9.6, 14.4). */
final class VersionResource {

    private VersionResource() {}

    static Resource of(FlowVersion version) {
        return Resource.of("flow-version", version.id(), "/v2/flows/" + version.flowId() + "/versions/" + version.id())
                .attribute("name", version.name())
                .attribute("description", version.description())
                .attribute("cron", version.cron())
                .attribute("graph", GraphForm.of(version.graph()))
                .attribute("nodes_config", version.nodesConfig().entries())
                .attribute("created_at", version.createdAt())
                .toOne("user", "user", version.user(), "/v2/users")
                .toOne("flow", "flow", version.flowId(), "/v2/flows");
    }
}
