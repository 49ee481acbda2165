package dev.weft.execution.worker;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.duty.InMemoryLeaseRepository;
import dev.weft.common.id.Ids;
import dev.weft.execution.budget.BacklogProperties;
import dev.weft.execution.budget.BacklogRoom;
import dev.weft.execution.consumer.LeasedSlots;
import dev.weft.execution.consumer.ReplicaSlots;
import dev.weft.execution.failure.Suspects;
import dev.weft.execution.failure.Suspicion;
import dev.weft.execution.failure.Suspicion.Verdict;
import dev.weft.execution.hop.TestTools;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.PathExpressions;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.queue.PublishFailure;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.queue.RabbitFlowPublisher;
import dev.weft.execution.rebound.ReboundProperties;
import dev.weft.execution.rebound.Rebounds;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.snapshot.SnapshotStore;
import dev.weft.execution.snapshot.Snapshots;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.topology.FlowTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** The engine as one replica has it, over a real broker, with steps of the test's own and records in memory. */
final class EngineFixture implements AutoCloseable {

    static final MessageCodec CODEC = TestTools.CODEC;
    static final ReboundProperties SHORT_WAITS = new ReboundProperties(Duration.ofSeconds(1), Duration.ofSeconds(2), 3);

    final Ids ids = new Ids();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final EngineMetrics metrics = new EngineMetrics(meters);
    final BacklogRoom room;
    final FlowTopology topology;
    final RabbitFlowPublisher publisher;
    final QueueConsumers consumers;
    final Planner planner;
    final Workers workers;
    final KickOffs kickOffs = new KickOffs(CODEC, ids, Clock.systemUTC());
    final DeadLetters deadLetters;
    final Snapshots snapshots;
    final MemorySuspects suspects;
    private final List<Plan> plans = new ArrayList<>();

    EngineFixture(List<Builtin> builtins, Recorder recorder) {
        this(builtins, recorder, brokerUri());
    }

    /** @param bytesPerContract what may wait for one contract */
    EngineFixture(List<Builtin> builtins, Recorder recorder, DataSize bytesPerContract) {
        this(
                builtins,
                recorder,
                brokerUri(),
                ownSlots(),
                (_, _) -> Verdict.SUSPECT,
                new MemorySnapshots(),
                new MemorySuspects(),
                bytesPerContract);
    }

    EngineFixture(List<Builtin> builtins, Recorder recorder, String broker) {
        this(builtins, recorder, broker, ownSlots());
    }

    EngineFixture(List<Builtin> builtins, Recorder recorder, String broker, ReplicaSlots slots) {
        // As if two processes had died at any time.
        this(builtins, recorder, broker, slots, (_, _) -> Verdict.SUSPECT, new MemorySnapshots());
    }

    EngineFixture(
            List<Builtin> builtins,
            Recorder recorder,
            String broker,
            ReplicaSlots slots,
            Suspicion suspicion,
            SnapshotStore stored) {
        this(builtins, recorder, broker, slots, suspicion, stored, new MemorySuspects());
    }

    EngineFixture(
            List<Builtin> builtins,
            Recorder recorder,
            String broker,
            ReplicaSlots slots,
            Suspicion suspicion,
            SnapshotStore stored,
            MemorySuspects suspects) {
        this(builtins, recorder, broker, slots, suspicion, stored, suspects, DataSize.ofGigabytes(1));
    }

    private EngineFixture(
            List<Builtin> builtins,
            Recorder recorder,
            String broker,
            ReplicaSlots slots,
            Suspicion suspicion,
            SnapshotStore stored,
            MemorySuspects suspects,
            DataSize bytesPerContract) {
        this.suspects = suspects;
        var connections = new BrokerConnections(broker);
        topology = new FlowTopology(connections);
        room = new BacklogRoom(new BacklogProperties(bytesPerContract), ids, Clock.systemUTC(), metrics);
        publisher = new RabbitFlowPublisher(connections, room, metrics);
        consumers = new QueueConsumers(connections);
        planner = new Planner(builtins, new PathExpressions());
        this.snapshots = new Snapshots(stored, JsonMapper.builder().build());
        var tools = TestTools.of(new Rebounds(topology, SHORT_WAITS), snapshots, publisher, recorder, ids, metrics);
        workers = new Workers(consumers, tools, suspects, suspicion, slots);
        deadLetters = new DeadLetters(consumers, workers, new NoOtherRuns(), tools);
        topology.start();
        publisher.start();
        consumers.start();
        workers.start();
    }

    static String brokerUri() {
        return Objects.requireNonNull(System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI names no broker");
    }

    /** Declared and open. */
    Plan run(FlowDefinition flow) {
        var plan = declared(flow);
        workers.open(plan);
        return plan;
    }

    Plan declared(FlowDefinition flow) {
        var plan = planned(flow);
        topology.declare(plan);
        return plan;
    }

    Plan planned(FlowDefinition flow) {
        var plan = planner.plan(flow, ids.nextHex32());
        plans.add(plan);
        return plan;
    }

    /** One firing; its exec_id. */
    String fire(Plan plan, Map<String, Object> body) {
        var execution = ids.nextHex32();
        send(kickOffs.fire(plan, execution, "manual", execution, StepMessage.of(body)));
        return execution;
    }

    void send(FlowFrame kickOff) {
        // As a door or clock does: the connection to the broker may still be on its way.
        Awaitility.await("a kick-off")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsMatching(failure -> failure.getCause() instanceof PublishFailure.BrokerGone)
                .until(() -> {
                    publisher.publish(kickOff).join();
                    return true;
                });
    }

    @Override
    public void close() {
        deadLetters.stop();
        workers.stop();
        plans.forEach(plan -> topology.delete(plan.queueNames()));
        consumers.stop();
        publisher.stop();
        topology.stop();
    }

    /** Of a process that is alone. */
    static ReplicaSlots ownSlots() {
        return new LeasedSlots(new InMemoryLeaseRepository(Clock.systemUTC()), new Ids(), Duration.ofMinutes(10));
    }

    /** Than those that are open. */
    private static final class NoOtherRuns implements KeptRuns {

        @Override
        public Optional<Plan> find(String flowId, String runId) {
            return Optional.empty();
        }

        @Override
        public Optional<Plan> lasting(String flowId) {
            return Optional.empty();
        }
    }

    /** In memory, as what two processes share. */
    static final class MemorySnapshots implements SnapshotStore {
        final Map<String, String> kept = new ConcurrentHashMap<>();

        @Override
        public String find(String flowId, String stepId) {
            return kept.get(flowId + ":" + stepId);
        }

        @Override
        public void save(String flowId, String stepId, String json) {
            kept.put(flowId + ":" + stepId, json);
        }
    }

    /** In memory, and how many there ever were. */
    static final class MemorySuspects implements Suspects {
        final AtomicInteger writes = new AtomicInteger();
        private final Map<String, Integer> begun = new ConcurrentHashMap<>();

        int size() {
            return begun.size();
        }

        @Override
        public int begun(String key) {
            return begun.getOrDefault(key, 0);
        }

        @Override
        public int begin(String key, String flowId) {
            writes.incrementAndGet();
            return begun.merge(key, 1, Integer::sum);
        }

        @Override
        public void end(String key) {
            writes.incrementAndGet();
            begun.remove(key);
        }
    }
}
