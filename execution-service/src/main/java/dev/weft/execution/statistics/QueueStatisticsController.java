package dev.weft.execution.statistics;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.Resource;
import dev.weft.execution.flow.FlowLookup;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v2/stats/queues/{flow_id}} (api-v2 11.2), for members of the flow's workspace. */
@RestController
class QueueStatisticsController {

    private final QueueStatistics statistics;
    private final FlowLookup flows;
    private final AccessClient access;

    QueueStatisticsController(QueueStatistics statistics, FlowLookup flows, AccessClient access) {
        this.statistics = statistics;
        this.flows = flows;
        this.access = access;
    }

    @GetMapping("/v2/stats/queues/{flowId}")
    Document queues(Caller caller, @PathVariable String flowId) {
        var flow = flows.get(caller, flowId);
        access.requireMember(caller, new Scope.Workspace(flow.workspaceId()));
        return Document.of(Resource.of("flow-queue-stats", flowId, "/v2/stats/queues/" + flowId)
                .attribute("stats", statistics.of(flowId, flow.stepIds())));
    }
}
