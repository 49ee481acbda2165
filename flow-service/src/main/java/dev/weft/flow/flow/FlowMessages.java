package dev.weft.flow.flow;

import dev.weft.common.event.Command;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.flow.graph.Graph.GraphEdge;
import dev.weft.flow.graph.GraphForm;
import dev.weft.flow.graph.GraphNode;
import dev.weft.flow.graph.StepFunction;
import dev.weft.flow.reference.GraphCheckService.CheckedGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Makes the commands and facts about a flow. Commands for execution-service carry the number of the wish as their
 * version, and everything needed to run the flow, so that execution-service need not ask anybody:
 *
 * <pre>
 * flow.start, flow.update  {"flow":{"id","name","type","user_id","workspace_id","contract_id","tenant_id","stats_enabled",
 *                           "cron","wish","start_wish"?},
 *                           "version":{"id","cron","nodes_config","graph":{"nodes":[{"id","command","component_id",
 *                           "revision","team","component","method","kind","polling","service"?,"fields",..}],"edges":[..]}}}
 * flow.stop, flow.suspend, flow.run-now, flow.delete  {"flow":{..}}
 * </pre>
 *
 * <p>{@code start_wish} in {@code flow.update} and {@code flow.suspend} is the number of the start that the flow runs
 * by: if they arrive before that start, they count as it.
 */
@Service
public class FlowMessages {

    private final Outbox outbox;

    FlowMessages(Outbox outbox) {
        this.outbox = outbox;
    }

    public Outgoing start(Flow flow, CheckedGraph checked, String actor) {
        return command(Command.FLOW_START, flow, runnable(about(flow), flow, checked), actor);
    }

    public Outgoing update(Flow flow, CheckedGraph checked, String actor) {
        return command(Command.FLOW_UPDATE, flow, runnable(aboutRunning(flow, flow), flow, checked), actor);
    }

    public Outgoing stop(Flow flow, @Nullable String actor) {
        return command(Command.FLOW_STOP, flow, Map.of("flow", about(flow)), actor);
    }

    /** @param running the flow as it was before it was to be suspended */
    public Outgoing suspend(Flow running, Flow flow, String actor) {
        return command(Command.FLOW_SUSPEND, flow, Map.of("flow", aboutRunning(running, flow)), actor);
    }

    public Outgoing runNow(Flow flow, String actor) {
        return command(Command.FLOW_RUN_NOW, flow, Map.of("flow", about(flow)), actor);
    }

    public Outgoing delete(Flow flow, @Nullable String actor) {
        return command(Command.FLOW_DELETE, flow, Map.of("flow", about(flow)), actor);
    }

    /** The fact that a version came into being; {@code {"version":40 hex,"number":2}}. */
    public Outgoing published(Flow flow, String actor) {
        var latest = flow.latest();
        Map<String, Object> payload =
                latest == null ? Map.of() : Map.of("version", latest.id(), "number", latest.number());
        // Versioned by the edition, not by the wish: publishing while the flow is stopped makes no wish, and is news
        // nevertheless.
        return outbox.event(Fact.FLOW_PUBLISHED, flow.edition(), flow.place().place(), flow.id(), actor, payload);
    }

    public Outgoing deleted(Flow flow, @Nullable String actor) {
        return outbox.event(Fact.FLOW_DELETED, flow.edition(), flow.place().place(), flow.id(), actor, Map.of());
    }

    /**
     * The fact that the flow is stopped since its workspace is a limited one: {@code
     * {"name","user_id","last_start_time"}}.
     */
    public Outgoing stoppedAsLimited(Flow flow) {
        var payload = new LinkedHashMap<String, Object>();
        var start = flow.state().lastStart();
        payload.put("name", flow.content().name());
        payload.put("user_id", flow.user());
        put(payload, "last_start_time", start == null ? null : start.toString());
        return outbox.event(
                Fact.FLOW_STOPPED_AS_LIMITED, flow.state().wish(), flow.place().place(), flow.id(), null, payload);
    }

    private Outgoing command(Command command, Flow flow, Map<String, Object> payload, @Nullable String actor) {
        // The wish's number is the version: it orders commands, and tells a repeated command from a new wish.
        return outbox.command(command, flow.state().wish(), flow.place().place(), flow.id(), actor, payload);
    }

    private static Map<String, Object> aboutRunning(Flow running, Flow flow) {
        var about = about(flow);
        // The flow shall run, so the last change of its wanted status was its start.
        about.put("start_wish", running.state().statusWish());
        return about;
    }

    private static Map<String, Object> about(Flow flow) {
        var about = new LinkedHashMap<String, Object>();
        about.put("id", flow.id());
        about.put("name", flow.content().name());
        about.put("type", flow.content().type().wire());
        about.put("user_id", flow.user());
        about.put("workspace_id", flow.place().workspaceId());
        about.put("contract_id", flow.place().contractId());
        about.put("tenant_id", flow.place().tenantId());
        about.put("stats_enabled", flow.content().statsEnabled());
        put(about, "cron", flow.content().cron());
        about.put("wish", flow.state().wish());
        return about;
    }

    private static Map<String, Object> runnable(Map<String, Object> about, Flow flow, CheckedGraph checked) {
        // Complete: when the command is carried out, this service may be down, or the component may have changed.
        var version = new LinkedHashMap<String, Object>();
        put(version, "id", flow.latest() == null ? null : flow.latest().id());
        put(version, "cron", flow.content().cron());
        version.put("nodes_config", flow.content().nodesConfig().entries());
        version.put(
                "graph",
                Map.of(
                        "nodes",
                        checked.graph().nodes().stream()
                                .map(node -> step(node, checked.rules().function(node)))
                                .toList(),
                        "edges",
                        checked.graph().edges().stream()
                                // The edge into the error handler has no source; execution-service knows the handler by
                                // its mark.
                                .filter(edge -> edge.source() != null)
                                .map(FlowMessages::edge)
                                .toList()));
        return Map.of("flow", about, "version", version);
    }

    private static Map<String, Object> step(GraphNode node, StepFunction function) {
        var step = new LinkedHashMap<String, Object>();
        step.put("id", node.id());
        put(step, "command", node.command());
        step.put("name", node.name());
        step.put("component_id", function.componentId());
        step.put("revision", function.revision());
        step.put("team", function.team());
        step.put("component", function.component());
        step.put("method", function.method());
        step.put("kind", function.trigger() ? "trigger" : "action");
        step.put("polling", function.polling());
        put(step, "service", function.service());
        step.put("fields", node.fields());
        put(step, "credentials_id", node.credentialsId());
        put(step, "secret_id", node.secretId());
        put(step, "vpn_agent_id", node.vpnAgentId());
        step.put("error", node.error());
        return step;
    }

    private static Map<String, Object> edge(GraphEdge edge) {
        return GraphForm.edge(edge);
    }

    private static void put(Map<String, Object> object, String name, @Nullable Object value) {
        if (value != null) {
            object.put(name, value);
        }
    }
}
