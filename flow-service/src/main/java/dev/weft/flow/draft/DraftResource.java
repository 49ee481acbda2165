package dev.weft.flow.draft;

import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.Resource;
import dev.weft.flow.content.FlowDraft;
import dev.weft.flow.graph.GraphForm;
import dev.weft.flow.resource.EntityTag;
import org.springframework.http.ResponseEntity;

/** A draft in JSON:API (api-v2 9.7, 14.4). */
final class DraftResource {

    private DraftResource() {}

    static ResponseEntity<Document> answer(String flowId, FlowDraft draft) {
        return ResponseEntity.ok().eTag(EntityTag.of(draft).value()).body(Document.of(of(flowId, draft)));
    }

    private static Resource of(String flowId, FlowDraft draft) {
        return Resource.of("flow-draft", draft.id(), "/v2/flows/" + flowId + "/draft")
                .attribute("name", draft.name())
                .attribute("description", draft.description())
                .attribute("cron", draft.cron())
                .attribute("graph", GraphForm.of(draft.graph()))
                .attribute("nodes_config", draft.nodesConfig().entries())
                .attribute("stats_enabled", draft.statsEnabled())
                .attribute("created_at", draft.createdAt())
                .attribute("updated_at", draft.updatedAt())
                .toOne("user", "user", draft.user(), "/v2/users")
                .toOne("flow", "flow", flowId, "/v2/flows");
    }
}
