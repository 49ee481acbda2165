package dev.weft.flow.version;

import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.schedule.CronSchedule;
import dev.weft.flow.content.FlowType;
import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.GraphFaults;
import dev.weft.flow.graph.GraphReader;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads the documents that make or change flows and drafts (api-v2 9.1); faults are collected, not thrown. */
public final class FlowRequest {

    /** Of a graph, and of its steps' settings: a flow, its draft and its waiting messages hold one each, and share 16 MiB. */
    private static final int LARGEST_GRAPH = 1024 * 1024;

    private static final Set<String> TYPES = Set.of("ordinary", "long_running");

    private final JsonMapper json;
    private final Fields fields;

    public FlowRequest(JsonMapper json, RequestDocument document) {
        this.json = json;
        this.fields = document.fields();
    }

    /** A new flow: what is required must be there. */
    public FlowSent toMake() {
        fields.require("name", "type", "default_mapper_type", "graph");
        return toChange();
    }

    /** A change: what is not sent stays. */
    public FlowSent toChange() {
        // Read for its faults alone: there is only one type of mapper, so it is not stored.
        fields.word("default_mapper_type", Set.of("jsonata"));
        return read(fields.word("type", TYPES).map(FlowType::of));
    }

    /** A draft has neither type nor mapper type of its own. */
    public FlowSent toDraft() {
        return read(Optional.empty());
    }

    private FlowSent read(Optional<FlowType> type) {
        var name = fields.text("name", 1, 255);
        var description = fields.has("description")
                ? Optional.of(Optional.ofNullable(fields.nullableProse("description", 65_536)))
                : Optional.<Optional<String>>empty();
        var cron = cron();
        var stats = fields.flag("stats_enabled");
        var graph = graph();
        var settings = settings();
        return new FlowSent(name, description, type, graph, cron, settings, stats, fields.faults());
    }

    private Optional<Optional<String>> cron() {
        if (!fields.has("cron")) {
            return Optional.empty();
        }
        var cron = Optional.ofNullable(fields.nullableText("cron", 256));
        cron.ifPresent(text -> {
            if (CronSchedule.parse(text).isEmpty()) {
                fields.problem("cron", "cron must be a cron expression of five fields that fires at some time.");
            }
        });
        return Optional.of(cron);
    }

    private Optional<Graph> graph() {
        if (!fields.has("graph")) {
            return Optional.empty();
        }
        var sent = fields.node("graph");
        if (!comesBackAsItIs(sent)) {
            fields.problem("graph", "graph has a text that is no Unicode, or a number that is too large.");
            return Optional.of(Graph.EMPTY);
        }
        if (isTooLarge(sent)) {
            fields.problem("graph", "A graph has at most " + LARGEST_GRAPH + " bytes.");
            return Optional.of(Graph.EMPTY);
        }
        var faults = new GraphFaults("graph");
        var graph = new GraphReader(faults).read(plain(sent));
        faults.addTo(fields.faults());
        return Optional.of(graph);
    }

    private Optional<FlowSent.SentSettings> settings() {
        if (!fields.has("nodes_config")) {
            return Optional.empty();
        }
        var sent = fields.node("nodes_config");
        if (!comesBackAsItIs(sent)) {
            fields.problem(
                    "nodes_config", "nodes_config has a text that is no Unicode, or a number that is too large.");
            return Optional.empty();
        }
        if (isTooLarge(sent)) {
            fields.problem("nodes_config", "nodes_config has at most " + LARGEST_GRAPH + " bytes.");
            return Optional.empty();
        }
        // Not validated here: which members null removes, and which steps exist, depends on the flow that is changed.
        return Optional.of(new FlowSent.SentSettings(plain(sent)));
    }

    /** Half of a surrogate pair can not be written as UTF-8, and a number beyond all doubles is read as infinite. */
    private static boolean comesBackAsItIs(JsonNode node) {
        return switch (node) {
            case ObjectNode object ->
                object.properties().stream()
                        .allMatch(member -> isText(member.getKey()) && comesBackAsItIs(member.getValue()));
            case ArrayNode array -> array.valueStream().allMatch(FlowRequest::comesBackAsItIs);
            case StringNode text -> isText(text.stringValue());
            case NumericNode number -> Double.isFinite(number.numberValue().doubleValue());
            default -> true;
        };
    }

    private static boolean isText(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private boolean isTooLarge(JsonNode sent) {
        // Measured as it will be stored: white space does not count, and escapes may become shorter.
        return json.writeValueAsBytes(sent).length > LARGEST_GRAPH;
    }

    private @Nullable Object plain(JsonNode node) {
        return json.treeToValue(node, Object.class);
    }
}
