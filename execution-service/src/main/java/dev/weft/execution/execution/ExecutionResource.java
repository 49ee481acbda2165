package dev.weft.execution.execution;

import dev.weft.common.jsonapi.Resource;
import dev.weft.execution.execution.Execution.Status;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.record.Payload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Executions and their errors as resources (api-v2 11.7). */
final class ExecutionResource {

    private ExecutionResource() {}

    /** As a list shows it: without steps and errors. */
    static Resource listed(ListedExecution execution) {
        var ended = execution.status() != Status.RUNNING;
        return Resource.of("execution", execution.id(), self(execution.id()))
                .attribute("status", StoredExecution.wire(execution.status()))
                .attribute("trigger", execution.trigger())
                .attribute("started_at", Instant.ofEpochMilli(execution.startedAt()))
                .attribute("finished_at", ended ? Instant.ofEpochMilli(execution.updatedAt()) : null)
                .attribute("messages", execution.messages())
                .attribute("error_count", execution.errors())
                .toOne("flow", "flow", execution.flowId(), "/v2/flows")
                .toOne(
                        "flow_version",
                        "flow-version",
                        execution.versionId(),
                        "/v2/flows/" + execution.flowId() + "/versions")
                .toOne("workspace", "workspace", execution.workspaceId(), "/v2/workspaces");
    }

    /**
     * With steps in causal order and errors.
     *
     * @param inputs shown inputs of errors by id
     * @param open   whether the caller may see payloads and the texts of errors, which quote them; they are null otherwise
     */
    static Resource whole(Execution execution, Map<String, Payload> inputs, boolean open, JsonMapper json) {
        var steps = execution.inCausalOrder().stream()
                .map(step -> step(step, open, json))
                .toList();
        var errors = execution.errors.values().stream()
                .map(error -> error(error, inputs.get(error.id()), open, json))
                .toList();
        return listed(ListedExecution.of(execution)).attribute("steps", steps).attribute("errors", errors);
    }

    private static Map<String, @Nullable Object> step(KeptStep step, boolean open, JsonMapper json) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("step_id", step.stepId());
        shown.put("message_id", step.messageId());
        shown.put("parent_message_id", step.parentMessageId());
        shown.put("attempt", step.mark().attempt());
        shown.put("status", step.status().name().toLowerCase(Locale.ROOT));
        shown.put("started_at", Instant.ofEpochMilli(step.startedAt()));
        shown.put("duration_ms", step.durationMs());
        var input = step.input();
        var outputs = step.outputs();
        shown.put("input", open && input != null ? json.readTree(input.json()) : null);
        shown.put("outputs", open && outputs != null ? trees(outputs, json) : null);
        shown.put("truncated", step.truncated());
        return shown;
    }

    private static List<JsonNode> trees(List<Payload> payloads, JsonMapper json) {
        return payloads.stream().map(payload -> json.readTree(payload.json())).toList();
    }

    private static Map<String, @Nullable Object> error(
            KeptError error, @Nullable Payload input, boolean open, JsonMapper json) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("id", error.id());
        shown.put("step_id", error.stepId());
        shown.put("message_id", error.messageId());
        shown.put("at", Instant.ofEpochMilli(error.at()));
        shown.put("name", open ? error.name() : Failure.kind(error.name()));
        shown.put("message", open ? error.message() : null);
        shown.put("stack", open ? error.stack() : null);
        shown.put("input", open && input != null ? json.readTree(input.json()) : null);
        shown.put("state", error.state().name().toLowerCase(Locale.ROOT));
        return shown;
    }

    /** One error, as the answer to its retry. */
    static Resource error(
            Execution execution, KeptError error, @Nullable Payload input, boolean open, JsonMapper json) {
        var resource = Resource.of("execution-error", error.id(), self(execution.id));
        error(error, input, open, json).forEach((name, value) -> {
            if (!name.equals("id")) {
                resource.attribute(name, value);
            }
        });
        return resource.toOne("execution", "execution", execution.id, "/v2/executions");
    }

    static List<Resource> listed(List<ListedExecution> executions) {
        return executions.stream().map(ExecutionResource::listed).toList();
    }

    private static String self(String id) {
        return "/v2/executions/" + id;
    }
}
