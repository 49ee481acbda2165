package dev.weft.execution.execution;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.execution.execution.Execution.ErrorState;
import dev.weft.execution.execution.Execution.Resend;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a failed message back to its step (api-v2 11.7): 409 unless the error is open, the flow active and the step in
 * its running version; 410 when the input is no longer kept.
 */
@Service
class RetryService {

    private final VisibleExecutions executions;
    private final MongoExecutionStore store;
    private final ErrorInputs inputs;
    private final RetrySender sender;
    private final AccessClient access;
    private final JsonMapper json;
    private final Clock clock;

    RetryService(
            VisibleExecutions executions,
            MongoExecutionStore store,
            ErrorInputs inputs,
            RetrySender sender,
            AccessClient access,
            JsonMapper json,
            Clock clock) {
        this.executions = executions;
        this.store = store;
        this.inputs = inputs;
        this.sender = sender;
        this.access = access;
        this.json = json;
        this.clock = clock;
    }

    Document retry(Caller caller, String executionId, String errorId, @Nullable JsonNode request) {
        while (true) {
            var execution = executions.get(caller, executionId);
            var error = execution.errors.get(errorId);
            if (error == null) {
                throw Problem.notFound("error", errorId).exception();
            }
            var workspace = new Scope.Workspace(execution.workspaceId);
            var grants = access.require(caller, Permission.WORKSPACES_FLOW_TOGGLE_STATUS, workspace);
            if (request != null && request.path("data").path("attributes").has("body")) {
                access.require(caller, Permission.WORKSPACES_FLOW_EDIT, workspace);
            }
            var body = editedBody(request, errorId);
            requirePossible(execution, error);
            var resend = new Resend(
                    // Of the error: asking twice sends one message.
                    Ids.sha1("retry:" + errorId),
                    errorId,
                    error.stepId(),
                    body == null ? null : json.writeValueAsString(body),
                    clock.millis());
            execution.retry(error, resend);
            if (store.save(List.of(execution)).isEmpty()) {
                sender.send(executionId);
                var shown = grants.has(Permission.WORKSPACES_LOGS_READ_ALL)
                        ? inputs.shown(List.of(errorId)).get(errorId)
                        : null;
                return Document.of(ExecutionResource.error(execution, error.in(ErrorState.RETRIED), shown));
            }
        }
    }

    private static @Nullable JsonNode editedBody(@Nullable JsonNode request, String errorId) {
        if (request == null) {
            return null;
        }
        var document = RequestDocument.of(request, "execution-error").forId(errorId, true);
        var fields = document.fields();
        var body = fields.object("body").orElse(null);
        fields.orThrow();
        return body;
    }

    private void requirePossible(Execution execution, KeptError error) {
        if (error.state() != ErrorState.OPEN) {
            throw invalidState("The error is not open any more.");
        }
        if (inputs.find(error.id()).isEmpty()) {
            throw Problem.of(ProblemCode.GONE, "The input of this error is no longer kept.")
                    .exception();
        }
        var plan = sender.running(execution.flowId).orElseThrow(() -> invalidState("The flow is not active."));
        if (plan.find(error.stepId()).isEmpty()) {
            throw invalidState("The running version has no step " + error.stepId() + ".");
        }
    }

    private static RuntimeException invalidState(String detail) {
        return Problem.of(ProblemCode.INVALID_STATE, detail).exception();
    }
}
