package dev.weft.execution.plan;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Mapper;
import dev.weft.execution.plan.FlowDefinition.EdgeConfig;
import dev.weft.execution.plan.FlowDefinition.Node;
import dev.weft.execution.plan.FlowDefinition.StepConfig;
import dev.weft.execution.plan.PlannedStep.PlannedWork;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a plan of one version for one run: prepares its steps and edges, and decides which steps share a queue. */
final class PlanMaking {

    private static final Set<String> ANSWERING = Set.of("weft/http:reply");
    private static final String OWN_TEAM = "weft/";
    private static final String CODE = "weft/code:execute";

    private final FlowDefinition definition;
    private final String runId;
    private final Map<String, Builtin> builtins;
    private final Expressions expressions;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<PlannedEdge>> edges = new HashMap<>();
    private final Map<String, List<String>> targets = new HashMap<>();

    PlanMaking(FlowDefinition definition, String runId, Map<String, Builtin> builtins, Expressions expressions) {
        this.definition = definition;
        this.runId = runId;
        this.builtins = builtins;
        this.expressions = expressions;
    }

    Plan plan() {
        var graph = definition.version().graph();
        graph.nodes().forEach(node -> nodes.put(node.id(), node));
        graph.edges().forEach(this::addEdge);
        var entry = entry();
        var handler = nodes.values().stream().filter(PlanMaking::isHandler).findFirst();
        var behindHandler = handler.map(node -> reachable(node.id(), true)).orElse(Set.of());
        var heads = Segments.of(shapes(), targets, entry);
        var steps = new LinkedHashMap<String, PlannedStep>();
        for (var node : nodes.values()) {
            steps.put(node.id(), step(node, heads, behindHandler));
        }
        return new Plan(
                definition,
                runId,
                steps,
                queues(heads, entry, steps),
                need(steps, entry),
                handler.map(node -> need(steps, node.id())),
                nodes.values().stream().anyMatch(PlanMaking::canAnswer),
                behindHandler.stream().anyMatch(id -> canAnswer(need(nodes, id))),
                headers());
    }

    private void addEdge(FlowDefinition.Edge edge) {
        var source = edge.source();
        // An edge without source leads into the error handler; errors go there without it.
        if (source == null) {
            return;
        }
        var name = source + ">" + edge.target();
        try {
            edges.computeIfAbsent(source, _ -> new ArrayList<>())
                    .add(new PlannedEdge(name, edge.target(), condition(edge.config()), mapper(edge.config())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Edge " + name + ": " + e.getMessage(), e);
        }
        targets.computeIfAbsent(source, _ -> new ArrayList<>()).add(edge.target());
    }

    private @Nullable Expression condition(@Nullable EdgeConfig config) {
        var text = config == null ? null : config.condition();
        return text == null || text.isBlank() ? null : expressions.compile(text);
    }

    private Mapper mapper(@Nullable EdgeConfig config) {
        return Mapper.compile(expressions, config == null ? null : config.mapper());
    }

    private String entry() {
        var arrived = new HashSet<String>();
        targets.values().forEach(arrived::addAll);
        return nodes.values().stream()
                .filter(node -> !isHandler(node) && !arrived.contains(node.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The flow has no first step."))
                .id();
    }

    private PlannedStep step(Node node, Map<String, String> heads, Set<String> behindHandler) {
        var config = config(node.id());
        var head = need(heads, node.id());
        var passthrough = config == null ? null : config.passthrough();
        var sendsOn = passthrough == null || !Boolean.TRUE.equals(passthrough.disabled());
        var command = command(node);
        return new PlannedStep(
                node.id(),
                node.componentId(),
                command.substring(command.indexOf('/') + 1, command.indexOf(':')),
                command.substring(command.indexOf(':') + 1),
                isSailor(node)
                        ? sailor(node)
                        : new PlannedWork.Here(prepare(node), builtin(node).usesSnapshot()),
                queue(head),
                head.equals(node.id()),
                sendsOn,
                sendsOn && needsBehind(node.id(), behindHandler).include(node.id()),
                behindHandler.contains(node.id()),
                LogLevel.number(config == null ? null : config.logLevel()),
                edges.getOrDefault(node.id(), List.of()));
    }

    private PlannedWork.Sailor sailor(Node node) {
        return new PlannedWork.Sailor(
                FlowNames.messages(definition.flow().id(), node.id(), runId), replicas(config(node.id())));
    }

    private String queue(String head) {
        var flow = definition.flow().id();
        return isSailor(need(nodes, head))
                ? FlowNames.frames(flow, head, runId)
                : FlowNames.messages(flow, head, runId);
    }

    private Step prepare(Node node) {
        var flow = definition.flow();
        var variables = definition.variables();
        try {
            return builtin(node)
                    .prepare(new StepSettings(
                            flow.id(),
                            flow.name(),
                            flow.tenantId(),
                            flow.workspaceId(),
                            definition.version().id(),
                            node.id(),
                            fields(node),
                            node.credentialsId(),
                            variables == null ? Map.of() : variables));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Step " + node.id() + ": " + e.getMessage(), e);
        }
    }

    private List<PlannedQueue> queues(Map<String, String> heads, String entry, Map<String, PlannedStep> planned) {
        var members = new LinkedHashMap<String, List<String>>();
        members.put(entry, new ArrayList<>());
        heads.values().forEach(head -> members.putIfAbsent(head, new ArrayList<>(List.of(head))));
        heads.forEach((step, head) -> {
            if (!step.equals(head) || step.equals(entry)) {
                need(members, head).add(step);
            }
        });
        var queues = new ArrayList<PlannedQueue>();
        members.forEach((head, steps) -> {
            // Steps that only compute are limited by the cores; only those that wait for something outside gain from
            // several at a time.
            var heavy = steps.stream()
                    .filter(step -> shape(need(nodes, step)).kind() == Segments.Kind.HEAVY)
                    .findFirst();
            var config = heavy.map(this::config).orElse(null);
            var begins = steps.stream()
                    .map(step -> need(planned, step).longest())
                    .reduce(expressions.longest(), Duration::plus);
            queues.add(new PlannedQueue(
                    queue(head),
                    List.copyOf(steps),
                    config == null || config.prefetch() == null ? 1 : config.prefetch(),
                    replicas(config),
                    head.equals(entry),
                    begins,
                    begins.plus(expressions.longest())));
        });
        return List.copyOf(queues);
    }

    private static int replicas(@Nullable StepConfig config) {
        return config == null || config.replicas() == null ? 1 : config.replicas();
    }

    private Map<String, Segments.Shape> shapes() {
        var shapes = new LinkedHashMap<String, Segments.Shape>();
        nodes.forEach((id, node) -> shapes.put(id, shape(node)));
        return shapes;
    }

    private Segments.Shape shape(Node node) {
        if (isSailor(node)) {
            return new Segments.Shape(Segments.Kind.SAILOR, true);
        }
        var builtin = builtin(node);
        return new Segments.Shape(builtin.inline() ? Segments.Kind.INLINE : Segments.Kind.HEAVY, builtin.emitsMany());
    }

    /** What expressions behind a step may ask for: on its own edges, and of all steps that its messages can reach. */
    private PassthroughNeeds needsBehind(String step, Set<String> behindHandler) {
        var needs = new PassthroughNeeds();
        addEdgeNeeds(needs, step);
        var behind = new HashSet<>(reachable(step, false));
        // An error of any step carries the passthrough to the handler, whose needs therefore count for every step.
        behind.addAll(behindHandler);
        for (var later : behind) {
            addEdgeNeeds(needs, later);
            var node = need(nodes, later);
            // Code and components can not be searched for the names that they read.
            if (isSailor(node) || command(node).equals(CODE)) {
                needs.addAll();
            }
            needs.addText(fields(node));
        }
        return needs;
    }

    private void addEdgeNeeds(PassthroughNeeds needs, String step) {
        for (var edge : edges.getOrDefault(step, List.of())) {
            var condition = edge.condition();
            if (condition != null) {
                needs.add(condition.passthroughNames());
            }
            needs.add(edge.mapper().passthroughNames());
        }
    }

    private Set<String> reachable(String step, boolean itself) {
        var seen = new HashSet<String>();
        var open = new ArrayList<String>(List.of(step));
        while (!open.isEmpty()) {
            for (var next : targets.getOrDefault(open.removeLast(), List.of())) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        if (itself) {
            seen.add(step);
        }
        return seen;
    }

    /** All but the components of our own team come as programs that run by themselves. */
    private static boolean isSailor(Node node) {
        return !node.command().startsWith(OWN_TEAM);
    }

    private Builtin builtin(Node node) {
        var builtin = builtins.get(command(node));
        if (builtin == null) {
            throw new IllegalArgumentException("Step " + node.id() + ": nothing here can run " + node.command() + ".");
        }
        return builtin;
    }

    private @Nullable StepConfig config(String step) {
        return Optional.ofNullable(definition.version().nodesConfig())
                .map(configs -> configs.get(step))
                .orElse(null);
    }

    private Map<String, Object> headers() {
        var flow = definition.flow();
        return Map.of(
                FlowHeaders.TASK_ID, flow.id(),
                FlowHeaders.EXEC_ID, runId,
                FlowHeaders.USER_ID, flow.userId(),
                FlowHeaders.WORKSPACE_ID, flow.workspaceId());
    }

    private static Map<String, Object> fields(Node node) {
        var fields = node.fields();
        return fields == null ? Map.of() : fields;
    }

    private static boolean isHandler(Node node) {
        return Boolean.TRUE.equals(node.error());
    }

    /** api-v2 11.6, "Synchronous reply". */
    private static boolean canAnswer(Node node) {
        return ANSWERING.contains(command(node))
                || "request-reply".equals(node.service())
                || (command(node).equals(CODE)
                        && String.valueOf(fields(node).get("code")).contains("httpReply"));
    }

    /** Without the version. */
    private static String command(Node node) {
        var command = node.command();
        var at = command.indexOf('@');
        return at < 0 ? command : command.substring(0, at);
    }

    private static <T> T need(Map<String, T> things, String id) {
        var thing = things.get(id);
        if (thing == null) {
            throw new IllegalArgumentException("The version has no step " + id + ".");
        }
        return thing;
    }
}
