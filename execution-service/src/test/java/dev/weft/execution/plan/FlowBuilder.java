package dev.weft.execution.plan;

import dev.weft.execution.plan.FlowDefinition.Edge;
import dev.weft.execution.plan.FlowDefinition.EdgeConfig;
import dev.weft.execution.plan.FlowDefinition.Flow;
import dev.weft.execution.plan.FlowDefinition.Graph;
import dev.weft.execution.plan.FlowDefinition.Node;
import dev.weft.execution.plan.FlowDefinition.Passthrough;
import dev.weft.execution.plan.FlowDefinition.StepConfig;
import dev.weft.execution.plan.FlowDefinition.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flow definitions for tests, with sane defaults: {@code aFlow().step("in", "weft/webhook:receive").edge("in", "out")}. */
public final class FlowBuilder {

    private final String id;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, StepConfig> configs = new HashMap<>();
    private boolean statistics = true;
    private String tenant = "t1";
    private String version = "v1";

    private FlowBuilder(String id) {
        this.id = id;
    }

    public static FlowBuilder aFlow() {
        return aFlow("65a000000000000000000001");
    }

    public static FlowBuilder aFlow(String id) {
        return new FlowBuilder(id);
    }

    public FlowBuilder step(String step, String command) {
        return step(step, command, Map.of());
    }

    public FlowBuilder step(String step, String command, Map<String, Object> fields) {
        return add(step, command, fields, null);
    }

    public FlowBuilder handler(String step, String command) {
        return add(step, command, Map.of(), true);
    }

    private FlowBuilder add(String step, String command, Map<String, Object> fields, Boolean error) {
        var kind = nodes.isEmpty() ? "trigger" : "action";
        nodes.add(new Node(step, command, "c0", "r0", kind, null, error, null, fields, null, null));
        return this;
    }

    /** The credential of a step that is there. */
    public FlowBuilder credential(String step, String credential) {
        nodes.replaceAll(node -> !node.id().equals(step)
                ? node
                : new Node(
                        step,
                        node.command(),
                        node.componentId(),
                        node.revision(),
                        node.kind(),
                        node.polling(),
                        node.error(),
                        node.service(),
                        node.fields(),
                        credential,
                        node.secretId()));
        return this;
    }

    public FlowBuilder edge(String source, String target) {
        return edge(source, target, null, null);
    }

    public FlowBuilder edge(String source, String target, Map<String, Object> mapper, String condition) {
        var config = mapper == null && condition == null ? null : new EdgeConfig(mapper, condition);
        edges.add(new Edge(null, source, target, config));
        return this;
    }

    public FlowBuilder prefetch(String step, int prefetch, int replicas) {
        configs.put(step, new StepConfig(prefetch, replicas, null, null));
        return this;
    }

    public FlowBuilder passthroughDisabled(String step) {
        configs.put(step, new StepConfig(null, null, new Passthrough(true), null));
        return this;
    }

    public FlowBuilder logLevel(String step, String level) {
        configs.put(step, new StepConfig(null, null, null, level));
        return this;
    }

    public FlowBuilder tenant(String id) {
        tenant = id;
        return this;
    }

    public FlowBuilder version(String id) {
        version = id;
        return this;
    }

    public FlowBuilder withoutStatistics() {
        statistics = false;
        return this;
    }

    public FlowDefinition build() {
        var flow = new Flow(id, "A flow", "ordinary", "u1", "w1", "k1", tenant, statistics, null, 1);
        return new FlowDefinition(flow, new Version(version, new Graph(nodes, edges), configs, null), Map.of());
    }
}
