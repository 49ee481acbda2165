package dev.weft.execution.errorinbox;

import dev.weft.execution.execution.Execution;
import dev.weft.execution.execution.Execution.ErrorState;
import dev.weft.execution.execution.Execution.KeptError;

/** An error of an execution, with what its retry needs. */
final class FailedMessage {

    final Execution execution;
    final KeptError error;

    FailedMessage(Execution execution, KeptError error) {
        this.execution = execution;
        this.error = error;
    }

    public String executionId() {
        return execution.id();
    }

    public String flowId() {
        return execution.flowId();
    }

    public String workspaceId() {
        return execution.workspaceId();
    }

    public String errorId() {
        return error.id();
    }

    public String stepId() {
        return error.stepId();
    }

    /** Nobody has dealt with it yet. */
    public boolean isOpen() {
        return error.state() == ErrorState.OPEN;
    }
}
