package dev.weft.execution.statistics;

import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.DomainEvent;
import dev.weft.common.messaging.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.messaging.Outbox;
import dev.weft.execution.hop.QueueLoad;
import dev.weft.execution.hop.Workers;
import dev.weft.execution.plan.FlowDefinition.Flow;
import dev.weft.execution.plan.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks all processes what they have of a run's queues, and answers when others ask. Nothing is counted or told before
 * that. Enough has been heard when the answers have all the consumers that the broker knows of; who does not answer in
 * time is counted as having nothing.
 */
@Configuration
class ReplicaLoads {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final TypeReference<Map<String, QueueLoad>> LOADS = new TypeReference<>() {};

    private final Workers workers;
    private final Outbox outbox;
    private final ConfirmedPublisher publisher;
    private final Ids ids;
    private final JsonMapper json;
    private final Map<String, LoadQuestion> open = new ConcurrentHashMap<>();

    ReplicaLoads(Workers workers, Outbox outbox, ConfirmedPublisher publisher, Ids ids, JsonMapper json) {
        this.workers = workers;
        this.outbox = outbox;
        this.publisher = publisher;
        this.ids = ids;
        this.json = json;
    }

    @Bean
    InstanceSubscription loadQuestions(InstanceQueue queue) {
        return queue.subscribe(this::hear, () -> {}, Fact.RUN_LOAD_ASKED, Fact.RUN_LOAD_COUNTED);
    }

    /**
     * By queue.
     *
     * @param consumers of each queue, as the broker counts them
     */
    Map<String, QueueLoad> of(Plan plan, Map<String, Integer> consumers) {
        var id = ids.nextHex32();
        var question = new LoadQuestion(consumers);
        question.answer(workers.loads(plan.runId()));
        open.put(id, question);
        try {
            if (!question.isAnswered()) {
                tell(Fact.RUN_LOAD_ASKED, plan.flow(), Map.of("question", id, "run", plan.runId()));
            }
            return question.await(PATIENCE);
        } finally {
            open.remove(id);
        }
    }

    private void hear(DomainEvent event) {
        var id = String.valueOf(event.payload().get("question"));
        var own = open.get(id);
        if (event.type().equals(Fact.RUN_LOAD_ASKED.wire())) {
            var run = String.valueOf(event.payload().get("run"));
            if (own == null) {
                // The broker's answer is waited for, which this connection's thread must not do.
                Thread.startVirtualThread(() -> answer(id, run));
            }
        } else if (own != null) {
            own.answer(json.convertValue(event.payload().get("queues"), LOADS));
        }
    }

    private void answer(String id, String run) {
        workers.find(run)
                .ifPresent(plan ->
                        tell(Fact.RUN_LOAD_COUNTED, plan.flow(), Map.of("question", id, "queues", workers.loads(run))));
    }

    private void tell(Fact fact, Flow flow, Map<String, Object> payload) {
        var place = new Outbox.Place(flow.tenantId(), flow.contractId(), flow.workspaceId());
        publisher.tryPublish(outbox.event(fact, 0, place, flow.id(), null, payload));
    }
}
