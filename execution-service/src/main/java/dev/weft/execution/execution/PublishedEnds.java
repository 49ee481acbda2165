package dev.weft.execution.execution;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.outbox.OutboxCollection;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.execution.failure.Failure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The fact {@code execution.ended}, published by the outbox of the execution. For a caller who got no answer:
 * {@code {"status","flow","reply_to","late_answers"?}}, heard by gateways; {@code late_answers}: the gateway waits a
 * moment more, since an answer may be under way. For a watcher, under a key of its own that ends with its name:
 * {@code {"status","flow","started_at","finished_at","error":{"kind","step"}?}}.
 */
@Configuration
class PublishedEnds implements MongoExecutionStore.Ends {

    private final Outbox outbox;
    private final ObjectProvider<OutboxRelay> relay;

    PublishedEnds(Outbox outbox, ObjectProvider<OutboxRelay> relay) {
        this.outbox = outbox;
        this.relay = relay;
    }

    @Bean
    static OutboxCollection executionsTell() {
        return new OutboxCollection(MongoExecutionStore.COLLECTION);
    }

    @Override
    public Outgoing toCaller(Execution ended) {
        var payload = payload(ended);
        payload.put("reply_to", String.valueOf(ended.caller));
        if (ended.lateAnswers) {
            payload.put("late_answers", true);
        }
        return word(ended, payload);
    }

    @Override
    public Outgoing toWatcher(Execution ended) {
        var payload = payload(ended);
        payload.put("started_at", Instant.ofEpochMilli(ended.startedAt).toString());
        payload.put("finished_at", Instant.ofEpochMilli(ended.updatedAt).toString());
        if (ended.status() == Execution.Status.FAILED) {
            // Its kind alone: a watcher may hand it on to strangers, and the words may hold values of the message.
            ended.openError()
                    .ifPresent(error ->
                            payload.put("error", Map.of("kind", Failure.kind(error.name()), "step", error.stepId())));
        }
        // Gateways hear the bare key alone, so what is watched costs them nothing.
        return word(ended, payload).forListener(String.valueOf(ended.watcher));
    }

    private static Map<String, Object> payload(Execution ended) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("status", ended.status().wire());
        payload.put("flow", ended.flowId);
        return payload;
    }

    private Outgoing word(Execution ended, Map<String, Object> payload) {
        var place = new Outbox.Place(ended.tenantId, null, ended.workspaceId);
        return outbox.event(Fact.EXECUTION_ENDED, 0, place, ended.id, null, payload);
    }

    @Override
    public void tell(String executionId) {
        relay.getObject().relay(MongoExecutionStore.COLLECTION, executionId);
    }

    @Override
    public boolean tellNow(String executionId) {
        return relay.getObject().relayAndWait(MongoExecutionStore.COLLECTION, executionId);
    }
}
