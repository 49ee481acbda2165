package dev.weft.execution.statistics;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox;
import dev.weft.execution.consumer.QueueLoad;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.RunHoldings;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.worker.HeldExecutions;
import dev.weft.execution.worker.Workers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks all processes what they hold of a run's queues, and answers when others ask. Nothing is counted or sent unless
 * somebody asks.
 */
@Configuration
class ReplicaLoads implements RunHoldings {

    private static final String EXECUTIONS = "executions";
    private static final Duration PATIENCE = Duration.ofMillis(500);
    /** For what nobody waits for at a screen. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(2);

    private static final TypeReference<Map<String, QueueLoad>> LOADS = new TypeReference<>() {};

    private final Workers workers;
    private final HeldExecutions held;
    private final MongoReplicas replicas;
    private final Outbox outbox;
    private final ConfirmedPublisher publisher;
    private final Ids ids;
    private final JsonMapper json;
    private final Map<String, LoadQuestion> open = new ConcurrentHashMap<>();
    private final Map<String, HoldingQuestion> openHoldings = new ConcurrentHashMap<>();

    ReplicaLoads(
            Workers workers,
            HeldExecutions held,
            MongoReplicas replicas,
            Outbox outbox,
            ConfirmedPublisher publisher,
            Ids ids,
            JsonMapper json) {
        this.workers = workers;
        this.held = held;
        this.replicas = replicas;
        this.outbox = outbox;
        this.publisher = publisher;
        this.ids = ids;
        this.json = json;
    }

    @Bean
    InstanceSubscription loadQuestions(InstanceQueue queue) {
        // Nothing is remembered that missed facts could make wrong: whoever asks waits for a limited time, and asks
        // again.
        return queue.subscribe(this::hear, () -> {}, Fact.RUN_LOAD_ASKED, Fact.RUN_LOAD_COUNTED);
    }

    /**
     * By queue. Enough has been heard when the answers have all the consumers that the broker knows of; who does not
     * answer in time is counted as having nothing.
     *
     * @param consumers of each queue, as the broker counts them
     */
    Map<String, QueueLoad> of(Plan plan, Map<String, Integer> consumers) {
        var flow = plan.flow();
        var place = new Outbox.Place(flow.tenantId(), flow.contractId(), flow.workspaceId());
        var question = LoadQuestion.untilConsumers(consumers);
        return ask(question, place, flow.id(), plan.runId(), PATIENCE);
    }

    @Override
    public Optional<Map<String, QueueLoad>> of(Deployment flow, String runId) {
        var question = LoadQuestion.untilReplicas(replicas.all());
        var loads = ask(question, place(flow), flow.owner().id(), runId, LONG_PATIENCE);
        return question.isAnswered() ? Optional.of(loads) : Optional.empty();
    }

    @Override
    public Optional<Set<String>> holding(Deployment flow, Set<String> executions) {
        return ask(HoldingQuestion.ofKnown(replicas.all()), flow, executions);
    }

    @Override
    public Optional<Set<String>> heldByAnyone(Deployment flow, Set<String> executions) {
        return ask(HoldingQuestion.ofAnyone(replicas.all()), flow, executions);
    }

    private Optional<Set<String>> ask(HoldingQuestion question, Deployment flow, Set<String> executions) {
        var id = ids.nextHex32();
        question.answer(replicas.own(), held.among(executions));
        // Registered before the question is sent, since the first answer may come at once.
        openHoldings.put(id, question);
        try {
            if (!question.isAnswered()) {
                // An empty run: a replica of an older release answers for the run, and says nothing of executions.
                var asked = Map.of("question", id, "run", "", EXECUTIONS, List.copyOf(executions));
                tell(Fact.RUN_LOAD_ASKED, place(flow), flow.owner().id(), asked);
            }
            return question.await(LONG_PATIENCE);
        } finally {
            openHoldings.remove(id);
        }
    }

    private Map<String, QueueLoad> ask(
            LoadQuestion question, Outbox.Place place, String flowId, String runId, Duration patience) {
        var id = ids.nextHex32();
        question.answer(replicas.own(), workers.loads(runId));
        // Registered before the question is sent, too.
        open.put(id, question);
        try {
            if (!question.isAnswered()) {
                tell(Fact.RUN_LOAD_ASKED, place, flowId, Map.of("question", id, "run", runId));
            }
            return question.await(patience);
        } finally {
            open.remove(id);
        }
    }

    private void hear(DomainEvent event) {
        var id = String.valueOf(event.payload().get("question"));
        var own = open.get(id);
        var ownOfHoldings = openHoldings.get(id);
        if (event.type().equals(Fact.RUN_LOAD_ASKED.wire())) {
            if (own == null && ownOfHoldings == null) {
                // Answering waits for the broker, which this connection's thread must not do.
                Thread.startVirtualThread(() -> answer(id, event));
            }
        } else if (own != null) {
            // Replicas of older releases do not name themselves; nobody waits for them by name.
            var replica = String.valueOf(event.payload().getOrDefault("replica", ids.nextHex32()));
            own.answer(replica, json.convertValue(event.payload().get("queues"), LOADS));
        } else if (ownOfHoldings != null && event.payload().get(EXECUTIONS) instanceof Collection<?> some) {
            var replica = String.valueOf(event.payload().get("replica"));
            ownOfHoldings.answer(replica, some.stream().map(String::valueOf).toList());
        }
    }

    /** Also that it has nothing. */
    private void answer(String question, DomainEvent asked) {
        var loads = workers.loads(String.valueOf(asked.payload().get("run")));
        var place = new Outbox.Place(asked.tenantId(), asked.contractId(), asked.workspaceId());
        var answer = new HashMap<String, Object>();
        answer.put("question", question);
        answer.put("replica", replicas.own());
        answer.put("queues", loads);
        if (asked.payload().get(EXECUTIONS) instanceof Collection<?> some) {
            answer.put(EXECUTIONS, held.among(some.stream().map(String::valueOf).collect(Collectors.toSet())));
        }
        tell(Fact.RUN_LOAD_COUNTED, place, asked.subjectId(), answer);
    }

    private static Outbox.Place place(Deployment deployment) {
        var owner = deployment.owner();
        return new Outbox.Place(owner.tenantId(), owner.contractId(), owner.workspaceId());
    }

    private void tell(Fact fact, Outbox.Place place, String flowId, Map<String, Object> payload) {
        publisher.tryPublish(outbox.event(fact, 0, place, flowId, null, payload));
    }
}
