package dev.weft.execution.webhook;

import dev.weft.common.access.OpenToAll;
import dev.weft.common.id.Ids;
import dev.weft.execution.plan.FlowDefinition.Node;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.run.Definitions;
import dev.weft.execution.run.FlowRun;
import dev.weft.execution.run.FlowRuns;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Doors of flows that begin with a webhook and are active, or about to be (api-v2 11.5). */
@Service
class DoorService {

    private static final int REPLY_TIMEOUT_MS = 30_000;
    private static final String SIGNATURE_HEADER = "x-eio-signature";

    private final FlowRuns runs;
    private final Definitions definitions;
    private final Planner planner;
    private final DoorCredentials credentials;

    DoorService(FlowRuns runs, Definitions definitions, Planner planner, DoorCredentials credentials) {
        this.runs = runs;
        this.definitions = definitions;
        this.planner = planner;
        this.credentials = credentials;
    }

    /** The door of a flow, as the system itself sees it. */
    @OpenToAll("asked by services alone, which the controller makes sure of")
    Optional<Door> find(String flowId) {
        if (!Ids.isEntity(flowId)) {
            return Optional.empty();
        }
        return runs.find(flowId)
                .filter(run -> run.current() != null && (run.state().isOpen() || run.state() == FlowRun.State.STARTING))
                .flatMap(this::door);
    }

    private Optional<Door> door(FlowRun run) {
        var spec = Objects.requireNonNull(run.current());
        var definition = definitions.read(spec.definition());
        var plan = planner.plan(definition, spec.id());
        var entry = definition.version().graph().nodes().stream()
                .filter(node -> node.id().equals(plan.entryStep().id()))
                .findFirst()
                .orElseThrow();
        return isWebhook(plan.entryStep()) ? Optional.of(door(run, spec.id(), plan, entry)) : Optional.empty();
    }

    /** The one trigger that the catalogue marks so; others have no door, whether they fire by time or not. */
    private static boolean isWebhook(PlannedStep trigger) {
        return trigger.component().equals("webhook") && trigger.method().equals("receive");
    }

    private Door door(FlowRun run, String runId, Plan plan, Node entry) {
        var fields = entry.fields() == null ? Map.<String, Object>of() : entry.fields();
        return new Door(
                run.flowId(),
                run.workspaceId(),
                run.contractId(),
                run.tenantId(),
                plan.flow().userId(),
                runId,
                plan.versionId(),
                entry.id(),
                plan.entryQueue(),
                plan.answers(),
                fields.get("reply_timeout_ms") instanceof Number n ? n.intValue() : REPLY_TIMEOUT_MS,
                Boolean.TRUE.equals(fields.get("raw")),
                auth(entry.credentialsId()),
                run.state().isOpen(),
                fields.get("cors_origins") instanceof List<?> origins
                        ? origins.stream().map(String::valueOf).toList()
                        : List.of());
    }

    private Door.Auth auth(@Nullable String credentialId) {
        if (credentialId == null) {
            return Door.Auth.NONE;
        }
        // A credential that is gone must not open the door to everyone.
        return auth(credentials.keys(credentialId).orElseThrow());
    }

    /** What callers must prove, from the values of the credential. */
    static Door.Auth auth(Map<String, Object> keys) {
        if (!(keys.get("auth") instanceof Map<?, ?> auth)) {
            return Door.Auth.CLOSED;
        }
        // What nobody can be asked for must not be taken for nothing, nor for what everybody has.
        if (!isWhole(auth)) {
            return Door.Auth.CLOSED;
        }
        return switch (text(auth, "type")) {
            case "no_auth" -> Door.Auth.NONE;
            case "basic" ->
                new Door.Auth("basic", text(auth, "username"), Ids.sha256(text(auth, "password")), null, null, null);
            case "api_key" ->
                new Door.Auth(
                        "api_key", null, null, text(auth, "headerName"), Ids.sha256(text(auth, "headerValue")), null);
            case "hmac" ->
                new Door.Auth(
                        "hmac",
                        null,
                        null,
                        text(auth, "headerName").isEmpty() ? SIGNATURE_HEADER : text(auth, "headerName"),
                        null,
                        text(auth, "hmacSecret"));
            default -> Door.Auth.CLOSED;
        };
    }

    private static boolean isWhole(Map<?, ?> auth) {
        var needed = switch (text(auth, "type")) {
            case "basic" -> List.of("username", "password");
            case "api_key" -> List.of("headerName", "headerValue");
            case "hmac" -> List.of("hmacSecret");
            default -> List.<String>of();
        };
        return needed.stream().noneMatch(member -> text(auth, member).isEmpty());
    }

    private static String text(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }
}
