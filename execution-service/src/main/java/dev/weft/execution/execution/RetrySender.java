package dev.weft.execution.execution;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.id.Ids;
import dev.weft.common.mongo.Leases;
import dev.weft.execution.execution.Execution.Resend;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.queue.PublishFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the messages of retries that their executions have noted, and clears the note when the broker has them. What a
 * crash leaves is sent by the sweep, under the same effect key.
 */
@Service
class RetrySender {

    private static final Logger log = LoggerFactory.getLogger(RetrySender.class);
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);

    private final MongoExecutionStore store;
    private final ErrorInputs inputs;
    private final RunningVersions running;
    private final KickOffs kickOffs;
    private final FlowPublisher publisher;
    private final Leases leases;
    private final JsonMapper json;
    private final Clock clock;
    private final String holder;

    RetrySender(
            MongoExecutionStore store,
            ErrorInputs inputs,
            RunningVersions running,
            KickOffs kickOffs,
            FlowPublisher publisher,
            Leases leases,
            JsonMapper json,
            Clock clock,
            Ids ids) {
        this.store = store;
        this.inputs = inputs;
        this.running = running;
        this.kickOffs = kickOffs;
        this.publisher = publisher;
        this.leases = leases;
        this.json = json;
        this.clock = clock;
        this.holder = ids.nextHex32();
    }

    /** The version in force of an active flow. */
    Optional<Plan> running(String flowId) {
        return running.plan(flowId);
    }

    /** Sends what the execution has noted; while the broker is away the note stays. */
    void send(String executionId) {
        var execution = store.find(executionId);
        if (execution.isEmpty()) {
            return;
        }
        for (var resend : List.copyOf(execution.get().resends.values())) {
            try {
                frame(execution.get(), resend)
                        .ifPresent(frame -> publisher.publish(frame).join());
                clear(executionId, resend);
            } catch (CompletionException | PublishFailure e) {
                log.warn("A retry of execution {} waits for the broker: {}", executionId, e.toString());
            }
        }
    }

    /** Empty when the flow no longer runs, or no longer has the step: then nothing is sent. */
    private Optional<FlowFrame> frame(Execution execution, Resend resend) {
        var plan = running.plan(execution.flowId)
                .filter(found -> found.find(resend.stepId()).isPresent());
        var input = inputs.find(resend.errorId());
        if (plan.isEmpty() || input.isEmpty()) {
            return Optional.empty();
        }
        var message = inputs.plain(input.get());
        if (resend.body() != null) {
            message.set("body", json.readTree(resend.body()));
        }
        var headers = new HashMap<>(input.get().headers());
        headers.put(FlowHeaders.PROTOCOL_VERSION, 2);
        return Optional.of(kickOffs.again(plan.get(), resend.stepId(), headers, inputs.frame(message), resend.key()));
    }

    private void clear(String executionId, Resend resend) {
        while (true) {
            var execution = store.find(executionId);
            if (execution.isEmpty() || execution.get().resends.remove(resend.key()) == null) {
                return;
            }
            if (store.save(List.of(execution.get())).isEmpty()) {
                return;
            }
        }
    }

    @Scheduled(fixedDelay = 5000, initialDelay = 4000)
    void sweep() {
        if (leases.hold("retry-sender", holder, Duration.ofSeconds(30))) {
            store.leftBehind(Date.from(clock.instant().minus(LEFT_BEHIND))).forEach(this::send);
        }
    }
}
