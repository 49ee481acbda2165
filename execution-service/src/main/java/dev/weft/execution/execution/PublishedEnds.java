package dev.weft.execution.execution;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.outbox.OutboxCollection;
import dev.weft.common.outbox.OutboxRelay;
import java.util.LinkedHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The fact {@code execution.ended}, {@code {"status","flow","reply_to","late_answers"?}}, published by the outbox of
 * the execution. {@code late_answers}: the gateway waits a moment more, since an answer may be under way.
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
    public Outgoing word(Execution ended) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("status", ended.status().wire());
        payload.put("flow", ended.flowId);
        payload.put("reply_to", String.valueOf(ended.watcher));
        if (ended.lateAnswers) {
            payload.put("late_answers", true);
        }
        var place = new Outbox.Place(ended.tenantId, null, ended.workspaceId);
        return outbox.event(Fact.EXECUTION_ENDED, 0, place, ended.id, null, payload);
    }

    @Override
    public void tell(String executionId) {
        relay.getObject().relay(MongoExecutionStore.COLLECTION, executionId);
    }
}
