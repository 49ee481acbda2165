package dev.weft.execution.door;

import dev.weft.common.access.OpenToAll;
import dev.weft.common.flowmessage.DoorLock;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.id.Ids;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.plan.FlowDefinition.Node;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.plan.Planner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/**
 * Answers what the gateway must know to let calls in: for flows that begin with a webhook and are active or starting
 * (api-v2 11.5).
 */
@Service
@EnableConfigurationProperties(DoorProperties.class)
class DoorService {

    private static final int REPLY_TIMEOUT_MS = 30_000;

    private final Deployments runs;
    private final Definitions definitions;
    private final Planner planner;
    private final DoorCredentials credentials;
    private final DoorQuotas quotas;
    private final DoorProperties limits;

    DoorService(
            Deployments runs,
            Definitions definitions,
            Planner planner,
            DoorCredentials credentials,
            DoorQuotas quotas,
            DoorProperties limits) {
        this.runs = runs;
        this.quotas = quotas;
        this.limits = limits;
        this.definitions = definitions;
        this.planner = planner;
        this.credentials = credentials;
    }

    /** The door of a flow, as the system itself sees it. */
    @OpenToAll("asked by services alone, which the controller makes sure of")
    Optional<HookDoor> find(String flowId) {
        if (!Ids.isEntity(flowId)) {
            return Optional.empty();
        }
        // A starting flow has a door that is not open yet: its callers are told to come again (503), not that there is
        // no such flow (404).
        return runs.find(flowId)
                .filter(run -> run.state().isOpen() || run.state() == Deployment.State.STARTING)
                .flatMap(this::door);
    }

    private Optional<HookDoor> door(Deployment run) {
        var spec = run.current();
        var definition = definitions.read(spec.definition());
        var plan = planner.plan(definition, spec.id());
        var entry = definition.version().graph().nodes().stream()
                .filter(node -> node.id().equals(plan.entryStep().id()))
                .findFirst()
                .orElseThrow();
        return isWebhook(plan.entryStep()) ? Optional.of(door(run, plan, entry)) : Optional.empty();
    }

    /** The one trigger that the catalogue marks so; others have no door, whether they fire by time or not. */
    private static boolean isWebhook(PlannedStep trigger) {
        return trigger.component().equals("webhook") && trigger.method().equals("receive");
    }

    private HookDoor door(Deployment run, Plan plan, Node entry) {
        var owner = run.owner();
        var fields = entry.fields() == null ? Map.<String, Object>of() : entry.fields();
        return new HookDoor(
                plan.flow().id(),
                owner.workspaceId(),
                owner.contractId(),
                plan.flow().userId(),
                plan.runId(),
                plan.entryQueue(),
                entry.id(),
                plan.answers(),
                fields.get("reply_timeout_ms") instanceof Number n ? n.intValue() : REPLY_TIMEOUT_MS,
                Boolean.TRUE.equals(fields.get("raw")),
                auth(entry.credentialsId()),
                run.state().isOpen(),
                callsPerMinute(owner.contractId()),
                fields.get("cors_origins") instanceof List<?> origins
                        ? origins.stream().map(String::valueOf).toList()
                        : List.of(),
                owner.tenantId(),
                plan.versionId());
    }

    private @Nullable Integer callsPerMinute(String contractId) {
        var limit = quotas.callsPerMinute(contractId, limits.callsPerMinute());
        return limit.isPresent() ? Math.clamp(limit.getAsLong(), 0, Integer.MAX_VALUE) : null;
    }

    private DoorLock auth(@Nullable String credentialId) {
        if (credentialId == null) {
            return new DoorLock.Open();
        }
        // A deleted credential closes the door. An exception would do so too, but count as a failure of this service,
        // which gateways then ask no more, for no tenant.
        return credentials.keys(credentialId).map(DoorService::auth).orElseGet(DoorLock.Closed::new);
    }

    /** What callers must prove, from the values of the credential. */
    static DoorLock auth(Map<String, Object> keys) {
        if (!(keys.get("auth") instanceof Map<?, ?> auth)) {
            return new DoorLock.Closed();
        }
        // A credential with missing or empty parts closes the door. Otherwise an empty password would be accepted from
        // everybody.
        if (!isWhole(auth)) {
            return new DoorLock.Closed();
        }
        return switch (text(auth, "type")) {
            case "no_auth" -> new DoorLock.Open();
            case "basic" -> new DoorLock.Basic(text(auth, "username"), Ids.sha256(text(auth, "password")));
            case "api_key" -> new DoorLock.ApiKey(text(auth, "headerName"), Ids.sha256(text(auth, "headerValue")));
            case "hmac" ->
                new DoorLock.Hmac(
                        text(auth, "hmacSecret"),
                        text(auth, "headerName").isEmpty() ? DoorLock.Hmac.USUAL : text(auth, "headerName"));
            default -> new DoorLock.Closed();
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
