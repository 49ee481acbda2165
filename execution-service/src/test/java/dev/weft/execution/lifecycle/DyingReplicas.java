package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.duty.LeasedWork;
import dev.weft.common.duty.MongoLeaseRepository;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.deployment.LateQueues;
import dev.weft.execution.deployment.MongoDeployments;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.schedule.FlowClock;
import dev.weft.execution.takedown.EndedRuns;
import dev.weft.execution.takedown.FlowHistory;
import dev.weft.execution.takedown.RunProperties;
import dev.weft.execution.takedown.RunTakedown;
import dev.weft.execution.takedown.Takedowns;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.worker.Workers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * One flow, over which replicas die in the middle of what they do, and others go on. It lies in a database of its own, where
 * nobody sweeps: the other one is the test's.
 */
abstract class DyingReplicas {

    static final Duration LEASE = Deployments.LEASE;

    /** What comes at once may take long all the same where the machine is busy. */
    private static final RunProperties PATIENT = limits(Duration.ofSeconds(30));

    /** Of a replica that waits for what does not come. */
    private static final RunProperties IMPATIENT = limits(Duration.ofMillis(500));

    /** That of {@link FlowCrashIT}, while it runs. */
    static CrashSite site;

    final MovableClock clock = new MovableClock();
    final MongoLeaseRepository leases = new MongoLeaseRepository(site.mongo(), clock);
    final String flow = new Ids().next();
    Deployments stored;
    RunKeeper keeper;
    /** Those that a keeper of workers hears of at once. */
    Deployments runs;

    /** Where a replica dies that starts the flow. */
    enum Death {
        BEFORE_ITS_QUEUES_ARE_NOTED,
        AFTER_ITS_QUEUES_WERE_NOTED,
        IN_THE_MIDDLE_OF_THE_QUEUES,
        BEFORE_THEY_ARE_NOTED_AS_DECLARED,
        AFTER_THEY_WERE_NOTED_AS_DECLARED,
        BEFORE_IT_IS_NOTED_AS_ACTIVE,
        AFTER_IT_WAS_NOTED_AS_ACTIVE
    }

    private static RunProperties limits(Duration patience) {
        return new RunProperties(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), patience);
    }

    static <T> T bean(Class<T> type) {
        return site.service().getBean(type);
    }

    @BeforeEach
    void begin() {
        site.mongo().dropCollection("leases");
        stored = new MongoDeployments(site.mongo(), bean(OutboxRelay.class));
        keeper = new RunKeeper(
                stored,
                bean(Definitions.class),
                bean(Planner.class),
                bean(Workers.class),
                new EngineMetrics(new SimpleMeterRegistry()));
        runs = new TouchedRuns(stored, () -> {}, () -> keeper.keep(flow));
    }

    /** Takes the command, and dies there; a process that dies gives no lease back. */
    void die(Death death) {
        var dying = switch (death) {
            case BEFORE_ITS_QUEUES_ARE_NOTED -> replica(new DyingRuns(runs, 2, false), topology());
            case AFTER_ITS_QUEUES_WERE_NOTED -> replica(new DyingRuns(runs, 2, true), topology());
            case IN_THE_MIDDLE_OF_THE_QUEUES -> replica(runs, site.dyingTopology());
            case BEFORE_THEY_ARE_NOTED_AS_DECLARED -> replica(new DyingRuns(runs, 3, false), topology());
            case AFTER_THEY_WERE_NOTED_AS_DECLARED -> replica(new DyingRuns(runs, 3, true), topology());
            case BEFORE_IT_IS_NOTED_AS_ACTIVE -> replica(new DyingRuns(runs, 4, false), topology());
            case AFTER_IT_WAS_NOTED_AS_ACTIVE -> replica(new DyingRuns(runs, 4, true), topology());
        };
        assertThatThrownBy(() -> dying.start(command("flow.start", 1))).isInstanceOf(Died.class);
        assertThat(leases.take("flow:" + flow, "the dead", LEASE)).isTrue();
    }

    /** Its wishes are carried out before it returns. */
    FlowWishes replica(Deployments its, FlowTopology topology) {
        return replica(its, topology, bean(Planner.class));
    }

    FlowWishes replica(Deployments its, FlowTopology topology, Planner planner) {
        return wishes(its, lifecycle(its, topology, planner, PATIENT));
    }

    /** Leaves early to others what can not be carried out now. */
    FlowWishes impatientReplica(Deployments its) {
        return wishes(its, lifecycle(its, topology(), bean(Planner.class), IMPATIENT));
    }

    private FlowWishes wishes(Deployments its, FlowLifecycle lifecycle) {
        return new FlowWishes(
                its,
                lifecycle::carryOut,
                bean(Definitions.class),
                bean(DeploymentFacts.class),
                bean(FlowClock.class),
                clock);
    }

    private FlowLifecycle lifecycle(Deployments its, FlowTopology topology, Planner planner, RunProperties limits) {
        var starts = new FlowStarts(
                its,
                planner,
                topology,
                new LateQueues(its, clock),
                bean(Definitions.class),
                bean(DeploymentFacts.class),
                bean(FailedStarts.class),
                bean(FlowClock.class),
                limits,
                clock);
        return new FlowLifecycle(
                its,
                starts,
                takedown(topology),
                endedRuns(),
                bean(DeploymentFacts.class),
                bean(FlowHistory.class),
                leased(),
                limits,
                clock);
    }

    FlowSweeper sweeper(FlowTopology topology) {
        return sweeper(runs, topology);
    }

    FlowSweeper sweeper(Deployments its, FlowTopology topology) {
        return new FlowSweeper(
                its,
                new FlowCarrier(lifecycle(its, topology, bean(Planner.class), PATIENT)),
                takedown(topology),
                endedRuns(),
                bean(FlowHistory.class),
                bean(DeploymentFacts.class),
                leased(),
                clock);
    }

    private LeasedWork leased() {
        return new LeasedWork(leases, bean(Ids.class));
    }

    private EndedRuns endedRuns() {
        return new EndedRuns(bean(Definitions.class), bean(Planner.class), clock);
    }

    private RunTakedown takedown(FlowTopology topology) {
        return Takedowns.of(site.service(), topology, PATIENT, clock);
    }

    static FlowTopology topology() {
        return bean(FlowTopology.class);
    }

    DomainEvent command(String type, long wish) {
        return command(type, wish, "v1");
    }

    DomainEvent command(String type, long wish, String version) {
        var definition = FlowBuilder.aFlow(flow)
                .version(version)
                .step("hook", "weft/webhook:receive")
                .step("call", "weft/http:request", Map.of("method", "POST", "url", "http://example.com/" + wish))
                .step("again", "weft/http:request", Map.of("method", "POST", "url", "http://example.com/again"))
                .edge("hook", "call")
                .edge("call", "again")
                .build();
        Map<String, Object> payload = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .convertValue(definition, new TypeReference<>() {});
        return new DomainEvent("event-" + wish, type, wish, clock.instant(), "t", "k", "w", flow, null, payload);
    }

    /** The run of the first wish. */
    Plan plan() {
        var definitions = bean(Definitions.class);
        var id = Ids.sha256("run:" + flow + ":1").substring(0, 32);
        var payload = definitions.write(command("flow.start", 1).payload());
        return bean(Planner.class).plan(definitions.read(payload), id);
    }

    List<String> queues() {
        var names = plan().queues().stream().map(PlannedQueue::name).toList();
        assertThat(names).hasSizeGreaterThan(1);
        return names;
    }

    /** What the crashed update can have declared: the first queue of a run that no document names. */
    List<String> queuesOfFlow() {
        var run = runs.find(flow).orElseThrow();
        var next = run.current().next();
        var id = Ids.sha256("run:" + flow + ":" + next).substring(0, 32);
        var plan = bean(Planner.class).plan(bean(Definitions.class).read(next), id);
        return plan.queues().stream()
                .map(PlannedQueue::name)
                .filter(DyingReplicas::exists)
                .toList();
    }

    static boolean exists(String queue) {
        try {
            var channel = site.broker().createChannel();
            channel.queueDeclarePassive(queue);
            channel.close();
            return true;
        } catch (IOException e) {
            return false;
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    State state() {
        return runs.find(flow).orElseThrow().state();
    }

    List<String> toTell() {
        var document = site.mongo().findById(flow, Document.class, Deployments.COLLECTION);
        return Objects.requireNonNull(document).getList("outbox", Document.class).stream()
                .map(waiting -> waiting.getString("key"))
                .toList();
    }

    /** A delivery whose message to the next step is not known to be done. */
    DeliveryRecord unfinished(String run) {
        var key = new Ids().nextHex32();
        var step = new StepRecord(
                key,
                "hook",
                key,
                null,
                1,
                StepRecord.Status.COMPLETED,
                1,
                0,
                null,
                null,
                false,
                List.of(new Ids().nextHex32()),
                null);
        return new DeliveryRecord(
                new Ids().nextExecution(), flow, "v", run, "w", "t", "u", "webhook", 1, List.of(step), List.of());
    }
}
