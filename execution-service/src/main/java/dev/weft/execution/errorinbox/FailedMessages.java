package dev.weft.execution.errorinbox;

import dev.weft.common.access.Caller;
import dev.weft.common.problem.Problem;
import dev.weft.execution.execution.Execution.ErrorState;
import dev.weft.execution.execution.Execution.Resend;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.execution.VisibleExecutions;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Finds errors of executions for a retry, notes them as retried, and keeps the notes of messages that are still to be
 * sent.
 */
@Service
class FailedMessages {

    private final VisibleExecutions visible;
    private final MongoExecutionStore store;
    private final MongoErrorInputs kept;
    private final ErrorInputs inputs;

    FailedMessages(VisibleExecutions visible, MongoExecutionStore store, MongoErrorInputs kept, ErrorInputs inputs) {
        this.visible = visible;
        this.store = store;
        this.kept = kept;
        this.inputs = inputs;
    }

    /** The whole input as it came from the broker. */
    public record Input(byte[] frame, Map<String, Object> headers) {}

    /** The messages of one execution that are still to be sent. */
    public record Due(String flowId, List<String> runs, List<Resend> resends) {}

    /** 404 when the caller's tenant has no such execution, or it no such error. */
    public FailedMessage get(Caller caller, String executionId, String errorId) {
        var execution = visible.get(caller, executionId);
        var error = execution.errors().get(errorId);
        if (error == null) {
            throw Problem.notFound("error", errorId).exception();
        }
        return new FailedMessage(execution, error);
    }

    /** Empty when it is no longer kept. */
    public Optional<Input> input(String errorId) {
        return kept.find(errorId).map(input -> new Input(input.frame(), input.headers()));
    }

    /**
     * The error is retried and its message noted, in one write; false when the execution was changed meanwhile.
     *
     * @param run that the message is to be sent to
     */
    public boolean note(FailedMessage failed, Resend resend, String run) {
        failed.execution.retry(failed.error, resend, run);
        return store.save(List.of(failed.execution)).isEmpty();
    }

    /**
     * The error as it is once its retry is noted.
     *
     * @param open whether the caller may see its input and its texts
     */
    RetriedError retried(FailedMessage failed, boolean open) {
        var id = failed.errorId();
        var input = open ? inputs.shown(List.of(id)).get(id) : null;
        var error = failed.error.in(ErrorState.RETRIED);
        return new RetriedError(failed.execution, error, input, open);
    }

    public Due due(String executionId) {
        return store.find(executionId)
                .map(execution -> new Due(execution.flowId(), execution.runs(), execution.resends()))
                .orElse(new Due("", List.of(), List.of()));
    }

    /** Executions whose messages have not been sent since. */
    public List<String> leftBehind(Date before) {
        return store.leftBehind(before);
    }

    /** A message of it is about to be sent to a run that it had nothing to do with. */
    public void goesTo(String executionId, String run) {
        store.change(List.of(executionId), execution -> execution.goesTo(run));
    }

    /** The broker has the message. */
    public void sent(String executionId, Resend resend) {
        store.change(List.of(executionId), execution -> execution.sent(resend));
    }

    /** It can not be sent any more, so nothing was retried. */
    public void takeBack(String executionId, Resend resend) {
        store.change(List.of(executionId), execution -> execution.takeBack(resend));
    }
}
