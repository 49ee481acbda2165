package dev.weft.execution.errorinbox;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.execution.errorinbox.FailedMessages.Input;
import dev.weft.execution.execution.Execution.Resend;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.queue.PublishFailure;
import dev.weft.execution.step.StepFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the retries that executions have noted, and clears the note when the broker has the message. What a crash
 * leaves behind is sent by a sweep, under the same effect key.
 */
@Service
class RetrySender {

    private static final Logger log = LoggerFactory.getLogger(RetrySender.class);
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);
    /** How long a confirm is waited for. When none comes the note stays, and the sweep sends the message again. */
    private static final Duration LONGEST_CONFIRM = Duration.ofSeconds(10);

    private final FailedMessages messages;
    private final RunningVersions running;
    private final KickOffs kickOffs;
    private final FlowPublisher publisher;
    private final MessageCipher cipher;
    private final JsonMapper json;
    private final Clock clock;

    RetrySender(
            FailedMessages messages,
            RunningVersions running,
            KickOffs kickOffs,
            FlowPublisher publisher,
            MessageCipher cipher,
            JsonMapper json,
            Clock clock) {
        this.messages = messages;
        this.running = running;
        this.kickOffs = kickOffs;
        this.publisher = publisher;
        this.cipher = cipher;
        this.json = json;
        this.clock = clock;
    }

    /** The version in force of an active flow. */
    Optional<Plan> running(String flowId) {
        return running.plan(flowId);
    }

    /** Sends what the execution has noted; while the broker is away the note stays. */
    void send(String executionId) {
        var due = messages.due(executionId);
        for (var resend : due.resends()) {
            try {
                var way = way(due.flowId(), resend);
                if (way.isPresent()) {
                    var run = way.get().plan().runId();
                    if (!due.runs().contains(run)) {
                        // The version has changed since the retry was noted. The execution must name the new run before
                        // the message is sent: a run that no execution names could be taken down with the message in
                        // it.
                        messages.goesTo(executionId, run);
                    }
                    publisher.publish(way.get().frame()).get(LONGEST_CONFIRM.toMillis(), TimeUnit.MILLISECONDS);
                    messages.sent(executionId, resend);
                } else {
                    messages.takeBack(executionId, resend);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (StepFailure e) {
                // It can not be sent now, and could not be later either.
                log.warn("A retry of execution {} is taken back: {}", executionId, e.text());
                messages.takeBack(executionId, resend);
            } catch (ExecutionException | TimeoutException | PublishFailure e) {
                log.warn("A retry of execution {} waits for the broker: {}", executionId, e.toString());
            }
        }
    }

    private record Way(Plan plan, FlowFrame frame) {}

    /** Empty when the flow no longer runs, or no longer has the way that the message is to go. */
    private Optional<Way> way(String flowId, Resend resend) {
        var input = messages.input(resend.errorId());
        return running.plan(flowId)
                .filter(found -> input.isPresent()
                        && RetryWay.of(input.get(), resend.stepId())
                                .missing(found)
                                .isEmpty())
                .map(plan -> new Way(plan, frame(plan, resend, input.orElseThrow())));
    }

    private FlowFrame frame(Plan plan, Resend resend, Input input) {
        var protocol = input.headers().get(FlowHeaders.PROTOCOL_VERSION) instanceof Number n ? n.intValue() : 1;
        var message = (ObjectNode) json.readTree(cipher.open(input.frame(), protocol));
        if (resend.body() != null) {
            message.set("body", json.readTree(resend.body()));
        }
        var headers = new HashMap<>(input.headers());
        headers.put(FlowHeaders.PROTOCOL_VERSION, 2);
        var frame = cipher.encrypt(json.writeValueAsBytes(message));
        return kickOffs.again(plan, resend.stepId(), headers, frame, resend.key());
    }

    void sweep() {
        messages.leftBehind(Date.from(clock.instant().minus(LEFT_BEHIND))).forEach(this::sendLate);
    }

    private void sendLate(String executionId) {
        try {
            send(executionId);
        } catch (RuntimeException e) {
            // One execution that fails must not hold up the others; the next sweep tries it again.
            log.warn("A retry of execution {} can not be sent yet", executionId, e);
        }
    }
}
