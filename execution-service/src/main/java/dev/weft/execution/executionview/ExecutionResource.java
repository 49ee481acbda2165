package dev.weft.execution.executionview;

import dev.weft.common.jsonapi.Resource;
import dev.weft.execution.errorinbox.ErrorResource;
import dev.weft.execution.execution.Execution.Status;
import dev.weft.execution.execution.KeptStep;
import dev.weft.execution.execution.ListedExecution;
import dev.weft.execution.record.Payload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executions as resources (api-v2 11.7). */
final class ExecutionResource {

    private ExecutionResource() {}

    /** As a list shows it: without steps and errors. */
    static Resource listed(ListedExecution execution) {
        var ended = execution.status() != Status.RUNNING;
        return Resource.of("execution", execution.id(), self(execution.id()))
                .attribute("status", execution.status().wire())
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

    /** With steps in causal order and errors. */
    static Resource whole(ExecutionService.Seen seen) {
        var execution = seen.execution();
        var room = new PayloadRoom();
        var steps = execution.inCausalOrder().stream()
                .map(step -> step(step, seen.open(), room))
                .toList();
        var errors = execution.errors().values().stream()
                .map(error -> ErrorResource.shown(error, seen.inputs().get(error.id()), seen.open()))
                .toList();
        return listed(ListedExecution.of(execution)).attribute("steps", steps).attribute("errors", errors);
    }

    private static Map<String, @Nullable Object> step(KeptStep step, boolean open, PayloadRoom room) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("step_id", step.stepId());
        shown.put("message_id", step.messageId());
        shown.put("parent_message_id", step.parentMessageId());
        shown.put("attempt", step.mark().attempt());
        shown.put("status", step.status().name().toLowerCase(Locale.ROOT));
        shown.put("started_at", Instant.ofEpochMilli(step.startedAt()));
        shown.put("duration_ms", step.durationMs());
        var keptInput = step.input();
        var keptOutputs = step.outputs();
        var input = open && keptInput != null ? room.fitting(keptInput) : null;
        var outputs = open && keptOutputs != null ? room.fitting(keptOutputs) : null;
        shown.put("input", input == null ? null : input.raw());
        shown.put(
                "outputs",
                outputs == null ? null : outputs.stream().map(Payload::raw).toList());
        shown.put("truncated", step.truncated() || isCut(input, outputs));
        return shown;
    }

    private static boolean isCut(@Nullable Payload input, @Nullable List<Payload> outputs) {
        return (input != null && input.isMark())
                || (outputs != null && outputs.stream().anyMatch(Payload::isMark));
    }

    static List<Resource> listed(List<ListedExecution> executions) {
        return executions.stream().map(ExecutionResource::listed).toList();
    }

    private static String self(String id) {
        return "/v2/executions/" + id;
    }
}
