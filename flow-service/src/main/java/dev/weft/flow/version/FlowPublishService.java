package dev.weft.flow.version;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.event.Outgoing;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.RequestFaults;
import dev.weft.flow.content.FlowContent;
import dev.weft.flow.content.FlowPlace;
import dev.weft.flow.content.FlowType;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.flow.FlowChangeService.Change;
import dev.weft.flow.flow.FlowMessages;
import dev.weft.flow.flow.QueueQuota;
import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.GraphFaults;
import dev.weft.flow.graph.NodesConfig;
import dev.weft.flow.quota.RunLimits;
import dev.weft.flow.reference.GraphCheckService;
import dev.weft.flow.reference.GraphCheckService.CheckedGraph;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Makes complete contents of what was sent, and versions of contents. {@link GraphCheckService} checks graphs; the
 * caller stores the result.
 */
@Service
public class FlowPublishService {

    private final GraphCheckService graphs;
    private final FlowArchive archive;
    private final QueueQuota quota;
    private final FlowMessages messages;
    private final Clock clock;

    FlowPublishService(
            GraphCheckService graphs, FlowArchive archive, QueueQuota quota, FlowMessages messages, Clock clock) {
        this.graphs = graphs;
        this.archive = archive;
        this.quota = quota;
        this.messages = messages;
        this.clock = clock;
    }

    /** The content of a new flow; all faults together refuse. */
    @OpenToAll("asked after the permission was checked")
    public FlowContent content(Caller caller, FlowPlace place, FlowSent sent, BooleanSupplier statsDefault) {
        var checked = check(caller, place, sent.graph().orElse(Graph.EMPTY), sent.faults());
        var settings = settings(NodesConfig.EMPTY, checked.graph(), sent);
        sent.faults().orThrow();
        return new FlowContent(
                sent.name().orElse(""),
                sent.description().flatMap(text -> text).orElse(null),
                sent.type().orElse(FlowType.ORDINARY),
                checked.withComponents(),
                settings,
                sent.cron().flatMap(text -> text).orElse(null),
                sent.statsEnabled().orElseGet(statsDefault::getAsBoolean),
                checked.isPolling());
    }

    /**
     * What was sent to change a flow in that place, its graph checked: once, however often the change is decided anew.
     */
    @OpenToAll("asked after the permission was checked")
    public CheckedSent check(Caller caller, FlowPlace place, FlowSent sent) {
        return new CheckedSent(sent, sent.graph().map(found -> check(caller, place, found, sent.faults())));
    }

    /** The flow with what was sent as its latest version, and whoever must know of it. */
    @OpenToAll("asked after the permission was checked")
    public Change change(Caller caller, Flow flow, CheckedSent whole) {
        var sent = whole.sent();
        var before = flow.content();
        var checked = whole.graph();
        var graph = checked.map(CheckedGraph::graph).orElse(before.graph());
        var settings = settings(before.nodesConfig(), graph, sent);
        sent.faults().orThrow();
        // A conflict counts only when all values are right (api-v2 1.3).
        var type = sent.type().orElse(before.type());
        if (type != before.type() && !flow.state().isInactive()) {
            throw Problem.of(ProblemCode.INVALID_STATE, "Only an inactive flow can change its type.")
                    .at("type")
                    .exception();
        }
        var next = new FlowContent(
                sent.name().orElse(before.name()),
                sent.description()
                        .orElse(Optional.ofNullable(before.description()))
                        .orElse(null),
                type,
                checked.map(CheckedGraph::withComponents).orElse(before.graph()),
                settings,
                sent.cron().orElse(Optional.ofNullable(before.cron())).orElse(null),
                sent.statsEnabled().orElse(before.statsEnabled()),
                checked.map(CheckedGraph::isPolling).orElse(before.polling()));
        return publish(caller, flow, next, checked);
    }

    /**
     * The flow with this content as its latest version. A flow that runs is told, if it runs otherwise now, and must
     * have all it needs, as for a start.
     *
     * @param checked the content's graph, if it was checked just now
     */
    @OpenToAll("asked after the permission was checked")
    public Change publish(Caller caller, Flow flow, FlowContent next, Optional<CheckedGraph> checked) {
        // Archived before the flow changes: a crash between the two leaves a second copy of the latest version, never a
        // gap.
        flow.latestVersion().ifPresent(archive::keep);
        var published = flow.published(next, caller.id(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var told = new ArrayList<Outgoing>();
        @Nullable RunLimits limits = null;
        if (flow.isActive() && !next.runsLike(flow.content())) {
            published = published.toldToRun();
            // Before other services are asked: as with a start, too many queues or containers are reported before
            // faults of steps.
            limits = quota.requireRoom(flow, published);
            var running =
                    checked.orElseGet(() -> graphs.resolve(caller, flow.place().workspaceId(), next.graph()));
            graphs.requireReady(caller, flow.place().workspaceId(), running, next.cron());
            if (!flow.hasRoomForMessages()) {
                throw Problem.of(ProblemCode.UNAVAILABLE, "The message broker does not take messages at the moment.")
                        .exception();
            }
            told.add(messages.update(published, running, caller.id()));
        }
        told.add(messages.published(published, caller.id()));
        return new Change(published, told, limits);
    }

    /** The graph checked as a version needs it. */
    @OpenToAll("asked after the permission was checked")
    public CheckedGraph check(Caller caller, FlowPlace place, Graph graph, RequestFaults all) {
        var faults = new GraphFaults("graph");
        var checked = graphs.check(caller, place.workspaceId(), graph, faults);
        faults.addTo(all);
        return checked;
    }

    private static NodesConfig settings(NodesConfig before, Graph graph, FlowSent sent) {
        var kept = before.only(graph.stepIds());
        if (sent.nodesConfig().isEmpty()) {
            return kept;
        }
        var faults = new GraphFaults("nodes_config");
        var merged = before.merged(sent.nodesConfig().get().value(), graph.stepIds(), faults);
        faults.addTo(sent.faults());
        return merged.only(graph.stepIds());
    }
}
