package dev.weft.execution.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Scope;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.service.SetClock;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.flow.FlowLookup.FlowPlace;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import dev.weft.store.EmbeddedStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.mock.web.MockHttpServletRequest;

/** From records to what is shown (api-v2 12). */
class UsageIT {

    private static final String CONTRACT = "59d3562c68ed850019bde201";
    private static final String WORKSPACE = "59d3562c68ed850019bde202";
    private static final Caller CALLER =
            new Caller(Caller.Kind.USER, "59d3562c68ed850019bde203", "t", "ann", List.of(), "Bearer x");

    private final EmbeddedStore store = EmbeddedStore.inMemory();
    private final MongoClient client = MongoClients.create(store.connectionString());
    private final SetClock clock = new SetClock(Instant.parse("2026-11-29T23:00:00Z"));
    private final Map<String, Deployment> runs = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private boolean ownersAreAway;
    private final MongoUsages usages =
            new MongoUsages(new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "usages")));
    private final UsageMeter meter = new UsageMeter(usages, new UsageOwners(deployments(), deleted::contains), clock);

    @AfterEach
    void close() {
        client.close();
        store.close();
    }

    private Deployments deployments() {
        return (Deployments) Proxy.newProxyInstance(
                Deployments.class.getClassLoader(),
                new Class<?>[] {Deployments.class},
                (_, _, arguments) -> owners((Collection<?>) arguments[0]));
    }

    private List<Owner> owners(Collection<?> flows) {
        if (ownersAreAway) {
            throw new IllegalStateException("The store is away.");
        }
        return flows.stream()
                .flatMap(flow -> Stream.ofNullable(runs.get(String.valueOf(flow))))
                .map(Deployment::owner)
                .toList();
    }

    private void run(String flow) {
        runs.put(flow, Deployment.fresh(new Owner(flow, "t", CONTRACT, WORKSPACE), Instant.EPOCH));
    }

    private void work(String flow, long... milliseconds) {
        var steps = new java.util.ArrayList<StepRecord>();
        for (var ms : milliseconds) {
            steps.add(new StepRecord(
                    "k" + steps.size(),
                    "s",
                    "m",
                    null,
                    1,
                    StepRecord.Status.COMPLETED,
                    0,
                    ms,
                    null,
                    null,
                    false,
                    List.of(),
                    null));
        }
        meter.written(
                List.of(new DeliveryRecord("e", flow, "v", "r", WORKSPACE, "t", "u", "webhook", 0, steps, List.of())));
    }

    private void step(String key, StepRecord.Status status, long ms) {
        var step = new StepRecord(key, "s", "m", null, 1, status, 0, ms, null, null, false, List.of(), null);
        meter.written(List.of(
                new DeliveryRecord("e", "f1", "v", "r", WORKSPACE, "t", "u", "webhook", 0, List.of(step), List.of())));
    }

    private UsageService service(boolean member) {
        return new UsageService(
                usages,
                (_, flow) -> new FlowPlace(flow, WORKSPACE, "t", List.of()),
                new AccessClient((_, scope) -> scope.id().equals("unknown")
                        ? Optional.empty()
                        : Optional.of(new Grants(
                                "t", scope instanceof Scope.Tenant ? null : CONTRACT, "active", member, Set.of()))));
    }

    private static UsagePeriod period(String query) {
        var request = new MockHttpServletRequest("GET", "/v2/quota-usages");
        request.setQueryString(query);
        return new UsageListing(ListQuery.of(request, ListQuery.Rules.whole())).period();
    }

    private static final UsagePeriod DAYS =
            new UsagePeriod(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-12-31"), false);

    @Test
    void whatIsNoWorkCountsForNothing() {
        run("f1");
        step("begun", StepRecord.Status.RUNNING, 0);
        step("undone", StepRecord.Status.FAILED, 0);
        meter.flush();
        assertThat(service(true).ofContract(CALLER, CONTRACT, () -> DAYS).cpu()).isZero();

        step("failed", StepRecord.Status.FAILED, 7);
        step("quick", StepRecord.Status.COMPLETED, 0);
        meter.flush();
        assertThat(service(true).ofContract(CALLER, CONTRACT, () -> DAYS).cpu()).isEqualTo(8);
    }

    @Test
    void theWorkOfASailorCountsOnceHoweverManyFramesTellOfIt() {
        run("f1");
        step("k", StepRecord.Status.RUNNING, 0);
        step(StepRecord.keyOfFrame("k", "1"), StepRecord.Status.COMPLETED, 500);
        step(StepRecord.keyOfFrame("k", "2"), StepRecord.Status.COMPLETED, 800);
        step(StepRecord.keyOfFrame("k", "1"), StepRecord.Status.COMPLETED, 500);
        step(StepRecord.keyOfFrame("other", "1"), StepRecord.Status.FAILED, 7);
        meter.flush();

        assertThat(service(true).ofContract(CALLER, CONTRACT, () -> DAYS).cpu()).isEqualTo(807);
    }

    @Test
    void whatIsNotStoredIsAddedToWhatComesNext() {
        work("f1", 30);
        ownersAreAway = true;
        assertThatThrownBy(meter::flush).isInstanceOf(IllegalStateException.class);

        ownersAreAway = false;
        run("f1");
        work("f1", 9);
        meter.flush();

        assertThat(service(true).ofContract(CALLER, CONTRACT, () -> DAYS).cpu()).isEqualTo(39);
    }

    @Test
    void whatStepsWorkIsAddedUpByFlowAndDay() {
        run("f1");
        run("f2");
        work("f1", 30, 0);
        work("f1", 9);
        work("f2", 100);
        meter.flush();
        clock.advance(Duration.ofHours(2));
        work("f1", 60);
        meter.flush();
        meter.flush();

        var shown = service(true);
        assertThat(shown.ofContract(CALLER, CONTRACT, () -> DAYS).cpu()).isEqualTo(200);
        assertThat(shown.ofContract(CALLER, CONTRACT, () -> DAYS).memory()).isPositive();
        assertThat(shown.historyOfContract(CALLER, CONTRACT, () -> DAYS))
                .extractingFromEntries(
                        entry -> entry.getKey() + " " + entry.getValue().cpu())
                .containsExactly("2026-11-29 140", "2026-11-30 60");
        assertThat(shown.historyOfWorkspace(
                        CALLER, WORKSPACE, () -> period("from=2026-11-30&to=2026-11-30&group_by=month")))
                .extractingFromEntries(
                        entry -> entry.getKey() + " " + entry.getValue().cpu())
                .containsExactly("2026-11 60");
        assertThat(shown.flowsOfWorkspace(CALLER, WORKSPACE, () -> DAYS))
                .extractingFromEntries(
                        entry -> entry.getKey() + " " + entry.getValue().cpu())
                .containsExactly("f1 100", "f2 100");
        assertThat(shown.historyOfFlow(CALLER, "f1", () -> DAYS)).hasSize(2);
        assertThat(shown.ofWorkspace(CALLER, WORKSPACE, () -> period("from=2025-01-01&to=2025-12-31")))
                .isEqualTo(Usage.NONE);
    }

    @Test
    void ofADeletedWorkspaceNothingComesBack() {
        run("f1");
        work("f1", 30);
        meter.flush();
        work("f1", 30);
        deleted.add(WORKSPACE);
        usages.removeOf(WORKSPACE);
        meter.flush();

        assertThat(service(true).ofContract(CALLER, CONTRACT, () -> DAYS)).isEqualTo(Usage.NONE);
        assertThat(client.getDatabase("usages").getCollection("usages").countDocuments())
                .isZero();
    }

    @Test
    void aFlowThatIsGoneCountsNoMore() {
        work("gone", 30);
        meter.flush();

        assertThat(client.getDatabase("usages").getCollection("usages").countDocuments())
                .isZero();
    }

    @Test
    void whoIsNoMemberSeesNothing() {
        var shown = service(false);
        for (var use : List.<Runnable>of(
                () -> shown.ofContract(CALLER, CONTRACT, () -> DAYS),
                () -> shown.historyOfContract(CALLER, CONTRACT, () -> DAYS),
                () -> shown.ofWorkspace(CALLER, WORKSPACE, () -> DAYS),
                () -> shown.historyOfWorkspace(CALLER, WORKSPACE, () -> DAYS),
                () -> shown.flowsOfWorkspace(CALLER, WORKSPACE, () -> DAYS),
                () -> shown.historyOfFlow(CALLER, "f1", () -> DAYS))) {
            assertThat(status(use)).isEqualTo(403);
        }
        assertThat(status(() -> shown.ofContract(CALLER, "unknown", () -> DAYS)))
                .isEqualTo(404);
        assertThat(status(() -> shown.ofWorkspace(CALLER, "unknown", () -> DAYS)))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "from=2026-11-01",
                "to=2026-11-01",
                "from=x&to=2026-11-01",
                "from=2026-11-02&to=2026-11-01",
                "from=2026-13-01&to=2026-11-01",
                "from=2026-11-01&to=2026-11-02&group_by=week"
            })
    void aPeriodHasABeginningAndAnEnd(String query) {
        assertThat(status(() -> period(query))).isEqualTo(400);
    }

    @Test
    void aPeriodIsOfDatesOrInstants() {
        assertThat(period("from=2026-11-01T00:00:00.000Z&to=2026-11-02T23:59:59%2B00:00"))
                .isEqualTo(new UsagePeriod(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-02"), false));
    }

    private static int status(Runnable use) {
        return catchThrowableOfType(ProblemException.class, use::run)
                .first()
                .code()
                .status();
    }
}
