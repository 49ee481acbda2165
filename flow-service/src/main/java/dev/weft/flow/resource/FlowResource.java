package dev.weft.flow.resource;

import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.Resource;
import dev.weft.common.jsonapi.Resource.Linkage;
import dev.weft.common.jsonapi.Resource.Relationship;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.graph.GraphForm;
import java.util.Map;
import org.springframework.http.ResponseEntity;

/** A flow in JSON:API (api-v2 9.1, 14.2). */
public final class FlowResource {

    private FlowResource() {}

    public static Resource of(Flow flow) {
        var self = "/v2/flows/" + flow.id();
        var content = flow.content();
        var resource = Resource.of("flow", flow.id(), self)
                .attribute("api_version", "2.0")
                .attribute("name", content.name())
                .attribute("description", content.description())
                .attribute("status", flow.state().status().wire())
                .attribute("current_status", flow.state().current().wire())
                .attribute("type", content.type().wire())
                .attribute("default_mapper_type", "jsonata")
                .attribute("cron", content.cron())
                .attribute("stats_enabled", content.statsEnabled())
                .attribute("created_at", flow.times().createdAt())
                .attribute("updated_at", flow.times().updatedAt())
                .attribute("last_modified", flow.times().lastModified())
                .optional("last_start_time", flow.state().lastStart())
                // The field stays stored when a flow is stopped, and would announce a run that will not happen.
                .optional(
                        "due_execution",
                        flow.isActive() && content.polling() ? flow.state().dueExecution() : null)
                .attribute("graph", GraphForm.withComponents(content.graph()))
                .attribute("nodes_config", content.nodesConfig().entries())
                .toOne("user", "user", flow.user(), "/v2/users")
                .toOne("workspace", "workspace", flow.place().workspaceId(), "/v2/workspaces")
                .relationship("versions", Relationship.related(self + "/versions"));
        var latest = flow.latest();
        if (latest != null) {
            var link = self + "/versions/" + latest.id();
            resource.relationship(
                    "latest_version",
                    new Relationship(new Linkage(latest.id(), "flow-version"), Map.of("self", link, "related", link)));
        }
        var draft = flow.draft();
        if (draft != null) {
            resource.relationship(
                    "draft", new Relationship(new Linkage(draft.id(), "flow-draft"), Map.of("self", self + "/draft")));
        }
        return resource;
    }

    /** The flow with the tag of its content. */
    public static ResponseEntity<Document> answer(int status, Flow flow) {
        return ResponseEntity.status(status).eTag(EntityTag.of(flow).value()).body(Document.of(of(flow)));
    }
}
