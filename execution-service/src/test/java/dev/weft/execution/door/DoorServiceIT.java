package dev.weft.execution.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.DoorLock;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.id.Ids;
import dev.weft.execution.ExecutionApplication;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Planner;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Which flows take calls. */
class DoorServiceIT {

    private static EmbeddedStore store;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        store = EmbeddedStore.inMemory();
        service = ExecutionApplication.builder()
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mongodb.uri=" + store.connectionString(),
                        "--weft.master-key=" + Base64.getEncoder().encodeToString(new byte[32]),
                        "--weft.service-secret=a service secret",
                        "--weft.message-password=a message password",
                        "--weft.message-iv=sixteen letters.",
                        "--weft.door.calls-per-minute=90");
    }

    @AfterAll
    static void stop() {
        service.close();
        store.close();
    }

    private static Optional<HookDoor> doorOf(String trigger) {
        return doorOf(trigger, Deployment.State.ACTIVE);
    }

    private static Optional<HookDoor> doorOf(String trigger, Deployment.State state) {
        var flow = deployed(FlowBuilder.aFlow(new Ids().next()).step("first", trigger), state);
        return service.getBean(DoorService.class).find(flow);
    }

    private static String deployed(FlowBuilder built, Deployment.State state) {
        var whole = built.build();
        var flow = whole.flow().id();
        var definition = service.getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .writeValueAsString(whole);
        var run = DeploymentRun.fresh(new Ids().nextHex32(), flow, definition, Instant.EPOCH);
        assertThat(service.getBean(Deployments.class)
                        .save(Deployment.fresh(new Owner(flow, "t1", "k1", "w1"), Instant.EPOCH)
                                .alsoInForce(run)
                                .to(state, Instant.EPOCH)))
                .isTrue();
        return flow;
    }

    @Test
    void aFlowThatBeginsWithAWebhookHasADoor() {
        assertThat(doorOf("weft/webhook:receive")).map(HookDoor::stepId).contains("first");
        assertThat(doorOf("weft/webhook:receive@" + "a".repeat(40))).isPresent();
    }

    @Test
    void theDoorOfAFlowThatIsStartingIsThereAndNotOpen() {
        assertThat(doorOf("weft/webhook:receive", Deployment.State.STARTING))
                .map(HookDoor::open)
                .contains(false);
        assertThat(doorOf("weft/webhook:receive")).map(HookDoor::open).contains(true);
        assertThat(doorOf("weft/webhook:receive", Deployment.State.SUSPENDED)).isEmpty();
        assertThat(doorOf("weft/webhook:receive", Deployment.State.INACTIVE)).isEmpty();
    }

    /** And is no failure: gateways would soon ask for no tenant's door any more. */
    @Test
    void aDoorWhoseCredentialIsGoneIsClosed() {
        var doors = new DoorService(
                service.getBean(Deployments.class),
                service.getBean(Definitions.class),
                service.getBean(Planner.class),
                _ -> Optional.empty(),
                (_, _) -> OptionalLong.of(7),
                service.getBean(DoorProperties.class));
        var flow = deployed(
                FlowBuilder.aFlow(new Ids().next())
                        .step("first", "weft/webhook:receive")
                        .credential("first", "deleted"),
                Deployment.State.ACTIVE);

        assertThat(doors.find(flow)).map(HookDoor::lock).contains(new DoorLock.Closed());
        assertThat(doors.find(flow)).map(HookDoor::quotaPerMinute).contains(7);
    }

    @Test
    void aDoorSaysHowManyCallsAContractHasAMinute() {
        assertThat(doorOf("weft/webhook:receive")).map(HookDoor::quotaPerMinute).contains(90);
    }

    @Test
    void aFlowThatBeginsWithAnotherTriggerHasNoneThoughItDoesNotFireByTime() {
        assertThat(doorOf("weft/timer:timer")).isEmpty();
    }
}
