package dev.weft.flow.flow;

import dev.weft.flow.content.FlowContent;
import dev.weft.flow.content.FlowDraft;
import dev.weft.flow.content.FlowPlace;
import dev.weft.flow.content.FlowTimes;
import dev.weft.flow.content.FlowType;
import dev.weft.flow.content.FlowVersion;
import dev.weft.flow.content.LatestVersion;
import dev.weft.flow.flow.Flow.FlowStatus;
import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.GraphForm;
import dev.weft.flow.graph.GraphNode;
import dev.weft.flow.graph.GraphReader;
import dev.weft.flow.graph.NodesConfig;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shape of a flow in the store. Graph and step settings are kept as JSON text: their members may have any name and
 * their numbers any size. Fields that are searched or sorted without regard to case have a lower-cased copy.
 */
public final class StoredFlow {

    public static final String COLLECTION = "flows";

    /** {@code {wish, at, times, message}}: the last command, until execution-service tells that it is so. */
    public static final String UNSETTLED = "unsettled";

    /** Absent from what an older release has stored. */
    public static final String RUN_QUEUES = "run_queues";
    /** Absent in what an older release stored: until the next start it counts as none. */
    static final String RUN_CONTAINERS = "run_containers";

    /** Ids of the components of the steps, so that an index finds what uses one. */
    public static final String COMPONENTS = "components";

    static final String DRAFT_COMPONENTS = "draft_components";

    private final JsonMapper json;

    public StoredFlow(JsonMapper json) {
        this.json = json;
    }

    /** The record of a flow that is not deleted. */
    public static Criteria live(String id) {
        return Criteria.where("_id").is(id).and("live").is(true);
    }

    /** Everything that a change of the flow may touch; without id, revision and waiting messages. */
    Document fields(Flow flow) {
        var content = flow.content();
        var state = flow.state();
        var latest = flow.latest();
        return new Document("live", true)
                .append("tenant", flow.place().tenantId())
                .append("contract", flow.place().contractId())
                .append("workspace", flow.place().workspaceId())
                .append("user", flow.user())
                .append("name", content.name())
                // The supported stores have no collation in common, so a lower-cased copy is stored.
                .append("name_key", key(content.name()))
                .append("description", content.description())
                .append("description_key", key(Objects.requireNonNullElse(content.description(), "")))
                .append("type", content.type().wire())
                // As text: members may be named "$a.b", which is no valid field name, and numbers keep their digits.
                .append("graph", text(GraphForm.withComponents(content.graph())))
                .append("nodes_config", text(content.nodesConfig().entries()))
                .append("cron", content.cron())
                .append("stats_enabled", content.statsEnabled())
                .append("polling", content.polling())
                // Outside the graph, so that an index finds flows by credential without reading graphs.
                .append("credentials", credentials(content.graph()))
                .append(COMPONENTS, components(content.graph()))
                .append("status", state.status().wire())
                .append("current_status", state.current().wire())
                .append("wish", state.wish())
                .append("status_wish", state.statusWish())
                .append("run_version", state.runs().version())
                .append(RUN_QUEUES, state.runs().count())
                .append(RUN_CONTAINERS, state.runs().containers())
                .append("last_start_time", date(state.lastStart()))
                .append("due_execution", date(state.dueExecution()))
                .append(
                        "latest",
                        latest == null
                                ? null
                                : new Document("id", latest.id())
                                        .append("number", latest.number())
                                        .append("user", latest.user())
                                        .append("created_at", date(latest.createdAt())))
                .append("draft", flow.draft() == null ? null : draft(flow.draft()))
                // A field of its own: a query whether the draft is null would read the draft of every record.
                .append("has_draft", flow.draft() != null)
                .append(
                        "draft_credentials",
                        flow.draft() == null
                                ? List.of()
                                : credentials(flow.draft().graph()))
                .append(
                        DRAFT_COMPONENTS,
                        flow.draft() == null ? List.of() : commands(flow.draft().graph()))
                .append("created_at", date(flow.times().createdAt()))
                .append("updated_at", date(flow.times().updatedAt()))
                .append("last_modified", date(flow.times().lastModified()))
                .append("edition", flow.edition());
    }

    Flow flow(Document stored) {
        var latest = latest(stored);
        var draft = stored.get("draft", Document.class);
        var content = content(stored);
        return new Flow(
                stored.getString("_id"),
                new FlowPlace(stored.getString("tenant"), stored.getString("contract"), stored.getString("workspace")),
                stored.getString("user"),
                content,
                state(stored, content, latest),
                latest,
                draft == null ? null : draft(draft),
                new FlowTimes(
                        instant(stored, "created_at"), instant(stored, "updated_at"), instant(stored, "last_modified")),
                number(stored, "edition"),
                number(stored, "revision"),
                stored.getList("outbox", Document.class, List.of()).size());
    }

    private FlowContent content(Document stored) {
        return new FlowContent(
                stored.getString("name"),
                stored.getString("description"),
                FlowType.of(stored.getString("type")),
                graph(stored.getString("graph")),
                nodesConfig(stored.getString("nodes_config")),
                stored.getString("cron"),
                stored.getBoolean("stats_enabled", true),
                stored.getBoolean("polling", false));
    }

    private static @Nullable LatestVersion latest(Document stored) {
        var latest = stored.get("latest", Document.class);
        return latest == null
                ? null
                : new LatestVersion(
                        latest.getString("id"),
                        number(latest, "number"),
                        latest.getString("user"),
                        instant(latest, "created_at"));
    }

    private static FlowState state(Document stored, FlowContent content, @Nullable LatestVersion latest) {
        return new FlowState(
                FlowStatus.of(stored.getString("status")),
                CurrentStatus.find(stored.getString("current_status")).orElse(CurrentStatus.INACTIVE),
                number(stored, "wish"),
                number(stored, "status_wish"),
                nullableInstant(stored, "last_start_time"),
                nullableInstant(stored, "due_execution"),
                runs(stored, content, latest));
    }

    private static RunQueues runs(Document stored, FlowContent content, @Nullable LatestVersion latest) {
        if (stored.get(RUN_QUEUES) instanceof Number count) {
            var containers = stored.get(RUN_CONTAINERS) instanceof Number number ? number.longValue() : 0;
            return new RunQueues(stored.getString("run_version"), count.longValue(), containers);
        }
        // An older release did not store this; the running version is taken to be the latest one.
        return latest == null
                ? RunQueues.NONE
                : RunQueues.of(latest.id(), content.graph().queues(), content.containers());
    }

    private Document draft(FlowDraft draft) {
        return new Document("id", draft.id())
                .append("user", draft.user())
                .append("name", draft.name())
                .append("description", draft.description())
                .append("graph", text(GraphForm.of(draft.graph())))
                .append("nodes_config", text(draft.nodesConfig().entries()))
                .append("cron", draft.cron())
                .append("stats_enabled", draft.statsEnabled())
                .append("created_at", date(draft.createdAt()))
                .append("updated_at", date(draft.updatedAt()))
                .append("edition", draft.edition());
    }

    private FlowDraft draft(Document stored) {
        return new FlowDraft(
                stored.getString("id"),
                stored.getString("user"),
                stored.getString("name"),
                stored.getString("description"),
                graph(stored.getString("graph")),
                nodesConfig(stored.getString("nodes_config")),
                stored.getString("cron"),
                stored.getBoolean("stats_enabled", true),
                instant(stored, "created_at"),
                instant(stored, "updated_at"),
                number(stored, "edition"));
    }

    /** A version as the archive keeps it. */
    public Document version(FlowVersion version) {
        return new Document("_id", version.id())
                .append("flow", version.flowId())
                .append("number", version.number())
                .append("name", version.name())
                .append("description", version.description())
                .append("graph", text(GraphForm.of(version.graph())))
                .append(COMPONENTS, components(version.graph()))
                .append("nodes_config", text(version.nodesConfig().entries()))
                .append("cron", version.cron())
                .append("user", version.user())
                .append("created_at", date(version.createdAt()));
    }

    public FlowVersion version(Document stored) {
        return new FlowVersion(
                stored.getString("_id"),
                stored.getString("flow"),
                number(stored, "number"),
                stored.getString("name"),
                stored.getString("description"),
                graph(stored.getString("graph")),
                nodesConfig(stored.getString("nodes_config")),
                stored.getString("cron"),
                stored.getString("user"),
                instant(stored, "created_at"));
    }

    /** What searching and sorting compare. */
    static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static List<String> credentials(Graph graph) {
        return graph.nodes().stream()
                .map(GraphNode::credentialsId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Outside the graph too: of a contract that is deleted it is asked who else uses what it owns. */
    private static List<String> components(Graph graph) {
        return graph.nodes().stream()
                .map(GraphNode::componentId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** {@code team/component} of each step: what stands in a draft was not looked up yet. */
    private static List<String> commands(Graph graph) {
        return graph.nodes().stream()
                .map(GraphNode::command)
                .filter(Objects::nonNull)
                .map(command -> command.split(":", 2)[0])
                .distinct()
                .toList();
    }

    private String text(Object value) {
        return json.writeValueAsString(value);
    }

    private Graph graph(String text) {
        return GraphReader.stored(json.readValue(text, Object.class));
    }

    private NodesConfig nodesConfig(String text) {
        return NodesConfig.stored(json.readValue(text, Object.class));
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static Instant instant(Document stored, String name) {
        return Objects.requireNonNull(nullableInstant(stored, name));
    }

    private static @Nullable Instant nullableInstant(Document stored, String name) {
        var date = stored.getDate(name);
        return date == null ? null : date.toInstant();
    }

    private static long number(Document stored, String name) {
        return stored.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
