package dev.weft.flow.draft;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.RequestFaults;
import dev.weft.flow.content.FlowContent;
import dev.weft.flow.content.FlowDraft;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.flow.FlowChangeService;
import dev.weft.flow.flow.FlowChangeService.Change;
import dev.weft.flow.flow.FlowRepository;
import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.GraphFaults;
import dev.weft.flow.graph.NodesConfig;
import dev.weft.flow.resource.EntityTag;
import dev.weft.flow.version.FlowPublishService;
import dev.weft.flow.version.FlowSent;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Keeps one draft beside a flow, and publishes it; a running flow changes only by the publication. */
@Service
class DraftService {

    private final FlowRepository flows;
    private final FlowChangeService changes;
    private final FlowPublishService publishing;
    private final Clock clock;
    private final Ids ids;

    DraftService(FlowRepository flows, FlowChangeService changes, FlowPublishService publishing, Clock clock, Ids ids) {
        this.flows = flows;
        this.changes = changes;
        this.publishing = publishing;
        this.clock = clock;
        this.ids = ids;
    }

    FlowDraft get(Caller caller, String flowId) {
        return draftOf(changes.getToRead(caller, flowId));
    }

    /** Makes the draft out of the flow's current values, or changes it; what was not sent keeps its value. */
    FlowDraft put(Caller caller, String flowId, @Nullable String ifMatch, Supplier<FlowSent> document) {
        var found = changes.getToWrite(caller, flowId, Permission.WORKSPACES_FLOW_EDIT);
        var sent = document.get();
        var changed = changes.change(found, flow -> {
            // Validated before the tag: a document with faults is answered 400, also if it comes too late.
            var edited = edited(caller, flow, sent);
            EntityTag.requireMatch(flow.draft(), ifMatch);
            return new Change(flow.with(edited), List.of());
        });
        return draftOf(changed);
    }

    private FlowDraft edited(Caller caller, Flow flow, FlowSent sent) {
        var before = Optional.ofNullable(flow.draft()).orElseGet(() -> fresh(caller, flow));
        var graph = sent.graph().orElse(before.graph());
        var settings = settings(before.nodesConfig(), graph, sent);
        sent.faults().orThrow();
        return new FlowDraft(
                before.id(),
                caller.id(),
                sent.name().orElse(before.name()),
                sent.description()
                        .orElse(Optional.ofNullable(before.description()))
                        .orElse(null),
                graph,
                settings,
                sent.cron().orElse(Optional.ofNullable(before.cron())).orElse(null),
                sent.statsEnabled().orElse(before.statsEnabled()),
                before.createdAt(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                before.edition() + 1);
    }

    private FlowDraft fresh(Caller caller, Flow flow) {
        var content = flow.content();
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new FlowDraft(
                ids.next(),
                caller.id(),
                content.name(),
                content.description(),
                content.graph(),
                content.nodesConfig(),
                content.cron(),
                content.statsEnabled(),
                // The last argument is the edition, 0 for now: the edit that follows counts it up to 1.
                now,
                now,
                0);
    }

    private static NodesConfig settings(NodesConfig before, Graph graph, FlowSent sent) {
        if (sent.nodesConfig().isEmpty()) {
            return before.only(graph.stepIds());
        }
        var faults = new GraphFaults("nodes_config");
        var merged = before.merged(sent.nodesConfig().get().value(), graph.stepIds(), faults);
        faults.addTo(sent.faults());
        return merged.only(graph.stepIds());
    }

    void delete(Caller caller, String flowId, @Nullable String ifMatch) {
        var found = changes.getToWrite(caller, flowId, Permission.WORKSPACES_FLOW_EDIT);
        changes.change(found, flow -> {
            EntityTag.of(draftOf(flow)).requireMatch(ifMatch);
            return new Change(flow.with((FlowDraft) null), List.of());
        });
    }

    /** Makes the draft the latest version, checked as any version is; the draft is gone then. */
    Flow publish(Caller caller, String flowId, @Nullable String ifMatch) {
        var found = changes.getToWrite(caller, flowId, Permission.WORKSPACES_FLOW_EDIT);
        return changes.change(found, flow -> {
            var draft = draftOf(flow);
            EntityTag.of(draft).requireMatch(ifMatch);
            return published(caller, flow, draft);
        });
    }

    private Change published(Caller caller, Flow flow, FlowDraft draft) {
        var faults = new RequestFaults();
        var checked = publishing.check(caller, flow.place(), draft.graph(), faults);
        faults.orThrow();
        var content = new FlowContent(
                draft.name(),
                draft.description(),
                flow.content().type(),
                checked.withComponents(),
                draft.nodesConfig(),
                draft.cron(),
                draft.statsEnabled(),
                checked.isPolling());
        // One write removes the draft and makes the version, so a crash leaves either both changes or none.
        return publishing.publish(caller, flow.with((FlowDraft) null), content, Optional.of(checked));
    }

    /**
     * A credential that is gone is gone from the drafts of its workspace too (api-v2 8.3). They are read one at a time:
     * there may be many, and large ones.
     */
    @OpenToAll("heard from workspace-service")
    void forgetCredential(String workspaceId, String credentialId) {
        for (var id : flows.draftsUsingCredential(workspaceId, credentialId)) {
            flows.find(id).ifPresent(found -> changes.change(found, flow -> withoutCredential(flow, credentialId)));
        }
    }

    private static Change withoutCredential(Flow flow, String credentialId) {
        var draft = flow.draft();
        return draft == null
                ? new Change(flow, List.of())
                : new Change(flow.with(draft.with(draft.graph().withoutCredential(credentialId))), List.of());
    }

    private static FlowDraft draftOf(Flow flow) {
        var draft = flow.draft();
        if (draft == null) {
            throw Problem.notFound("draft of flow", flow.id()).exception();
        }
        return draft;
    }
}
