package dev.weft.execution.errorinbox;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.execution.execution.Execution.Resend;
import dev.weft.execution.plan.Plan;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/**
 * Sends a failed message to its step again (api-v2 11.7). 409 unless the error is open, the flow active, and the step
 * (and the edge, if it failed there) in the running version; 410 when the input is no longer kept.
 */
@Service
class RetryService {

    private final FailedMessages messages;
    private final RetrySender sender;
    private final AccessClient access;
    private final Clock clock;

    RetryService(FailedMessages messages, RetrySender sender, AccessClient access, Clock clock) {
        this.messages = messages;
        this.sender = sender;
        this.access = access;
        this.clock = clock;
    }

    /**
     * @param edited whether the message is to go with another body, which takes more than the right to retry
     * @param body   the other one, as JSON, read only once the caller may send it
     */
    RetriedError retry(
            Caller caller, String executionId, String errorId, boolean edited, Supplier<Optional<String>> body) {
        while (true) {
            var failed = messages.get(caller, executionId, errorId);
            var workspace = new Scope.Workspace(failed.workspaceId());
            var grants = access.require(caller, Permission.WORKSPACES_FLOW_TOGGLE_STATUS, workspace);
            if (edited) {
                access.require(caller, Permission.WORKSPACES_FLOW_EDIT, workspace);
            }
            var sent = body.get().orElse(null);
            var run = requirePossible(failed).runId();
            var resend = new Resend(
                    // Of the error: asking twice sends one message.
                    Ids.sha1("retry:" + errorId), errorId, failed.stepId(), sent, clock.millis());
            // It is noted before it is sent, so that a crash in between leaves it to the sweep. When someone was
            // faster, all is asked anew.
            if (messages.note(failed, resend, run)) {
                sender.send(executionId);
                return messages.retried(failed, grants.has(Permission.WORKSPACES_LOGS_READ_ALL));
            }
        }
    }

    private Plan requirePossible(FailedMessage failed) {
        if (!failed.isOpen()) {
            throw invalidState("The error is not open any more.");
        }
        var input = messages.input(failed.errorId())
                .orElseThrow(() -> Problem.of(ProblemCode.GONE, "The input of this error is no longer kept.")
                        .exception());
        var plan = sender.running(failed.flowId()).orElseThrow(() -> invalidState("The flow is not active."));
        RetryWay.of(input, failed.stepId()).missing(plan).ifPresent(what -> {
            throw invalidState(what);
        });
        return plan;
    }

    private static RuntimeException invalidState(String detail) {
        return Problem.of(ProblemCode.INVALID_STATE, detail).exception();
    }
}
