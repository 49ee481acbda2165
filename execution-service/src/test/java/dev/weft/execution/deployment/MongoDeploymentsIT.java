package dev.weft.execution.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.outbox.SilentRelay;
import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.Deployment.Straggler;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

class MongoDeploymentsIT {

    private static final Instant NOW = Instant.parse("2026-03-27T15:39:02Z");
    private static final Owner OWNER = new Owner("o", "t", "k", "w");
    /** What the sparse indexes are on, and what else need not be there. */
    private static final String[] IF_ANY = {"current", "coming", "draining", "stragglers", "due", "lost"};

    private static EmbeddedStore store;
    private static MongoClient client;
    private static MongoTemplate mongo;

    private Deployments deployments;

    @BeforeAll
    static void start() {
        store = EmbeddedStore.inMemory();
        client = MongoClients.create(store.connectionString());
        mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "deployments"));
    }

    @AfterAll
    static void stop() {
        client.close();
        store.close();
    }

    @BeforeEach
    void empty() {
        mongo.dropCollection(Deployments.COLLECTION);
        deployments = new MongoDeployments(mongo, SilentRelay.over(mongo));
    }

    private static DeploymentRun run(String id, String... credentials) {
        return DeploymentRun.fresh(id, "f", "{}", NOW)
                .named(List.of(id + ".messages"), List.of(credentials))
                .declared(NOW);
    }

    private Deployment saved(Deployment deployment) {
        assertThat(deployments.save(deployment)).isTrue();
        return deployments.find(deployment.owner().id()).orElseThrow();
    }

    private static Document document() {
        return Objects.requireNonNull(
                mongo.findById(OWNER.id(), Document.class, Deployments.COLLECTION), "It is stored.");
    }

    @Test
    void readsWhatItHasWritten() {
        var all = Deployment.fresh(OWNER, NOW)
                .alsoInForce(run("r", "c").followedBy("{\"newer\":1}").losing(List.of("r.messages"), NOW))
                .coming(run("coming"))
                .draining(List.of(run("old").to(Fate.ENDING), run("older").to(Fate.GIVEN_UP)))
                .stragglers(List.of(new Straggler("oldest", "f", NOW)))
                .heard(3)
                .to(State.UPDATING, NOW)
                .due(NOW);

        var found = saved(all);

        assertThat(found.revision()).isEqualTo(1);
        assertThat(found).usingRecursiveComparison().ignoringFields("revision").isEqualTo(all);
    }

    /** A sparse index holds null, and an empty list: all flows that do not fire by time would be in that of the due ones. */
    @Test
    void whatIsNotThereIsInNoSparseIndex() {
        var begun = saved(Deployment.fresh(OWNER, NOW));
        assertThat(document()).doesNotContainKeys(IF_ANY);

        var busy = saved(begun.alsoInForce(run("r").losing(List.of("r.messages"), NOW))
                .coming(run("coming"))
                .draining(List.of(run("old")))
                .stragglers(List.of(new Straggler("oldest", "f", NOW)))
                .to(State.ACTIVE, NOW)
                .due(NOW));
        assertThat(document()).containsKeys(IF_ANY);
        assertThat(document().get("current", Document.class)).doesNotContainKey("credentials");
        assertThat(deployments.due(NOW, 10)).containsExactly(OWNER.id());
        assertThat(deployments.withLostQueues()).containsExactly(OWNER.id());

        saved(busy.withoutRuns().stragglers(List.of()).due(null).to(State.INACTIVE, NOW));
        assertThat(document()).doesNotContainKeys(IF_ANY);
        assertThat(deployments.due(NOW, 10)).isEmpty();
        assertThat(deployments.withLostQueues()).isEmpty();
    }

    @Test
    void twoVersionsOfOneOwnerAreKeptAndFoundByWhatEachUses() {
        var both = saved(Deployment.fresh(OWNER, NOW)
                .alsoInForce(run("v1", "first"))
                .alsoInForce(run("v2", "second"))
                .to(State.ACTIVE, NOW));

        assertThat(both.inForce()).containsExactly(run("v1", "first"), run("v2", "second"));
        assertThat(deployments.using("first")).containsExactly(OWNER.id());
        assertThat(deployments.using("second")).containsExactly(OWNER.id());
        assertThat(deployments.using("third")).isEmpty();

        var one = saved(both.coming(run("v3")).inForce(run("v3"), both.inForce(), NOW));
        assertThat(one.current()).isEqualTo(run("v3"));
        assertThat(one.draining()).extracting(DeploymentRun::id).containsExactly("v1", "v2");
    }

    /** The flow of a run was not written, since it was always the owner, and what was not there was null. */
    @Test
    void readsWhatTheFormerReleaseHasStored() {
        mongo.insert(
                new Document("_id", OWNER.id())
                        .append("t", "t")
                        .append("k", "k")
                        .append("w", "w")
                        .append("wish", 4L)
                        .append("state", "ACTIVE")
                        .append("current", formerRun("r"))
                        .append("coming", null)
                        .append("draining", List.of(formerRun("old")))
                        .append("stragglers", List.of(new Document("run", "oldest").append("until", Date.from(NOW))))
                        .append("since", Date.from(NOW))
                        .append("rev", 7L)
                        .append("outbox", List.of())
                        .append("due", null)
                        .append("lost", null),
                Deployments.COLLECTION);

        var found = deployments.find(OWNER.id()).orElseThrow();

        var run = DeploymentRun.fresh("r", OWNER.id(), "{}", NOW)
                .named(List.of("r.messages"), List.of())
                .declared(NOW);
        assertThat(found.current()).isEqualTo(run);
        assertThat(found.draining()).extracting(DeploymentRun::id).containsExactly("old");
        assertThat(found.stragglers()).containsExactly(new Straggler("oldest", OWNER.id(), NOW));
        assertThat(found.wish()).isEqualTo(4);
        assertThat(saved(found.to(State.SUSPENDING, NOW)).current()).isEqualTo(run);
        assertThat(document()).doesNotContainKeys("coming", "due", "lost");
    }

    /** It reads one run in force as a document, and takes lists that are not there for empty ones. */
    @Test
    void theFormerReleaseCanReadAFlow() {
        saved(Deployment.fresh(OWNER, NOW).alsoInForce(run("r")).to(State.ACTIVE, NOW));

        assertThat(document().get("current", Document.class))
                .containsKeys(formerRun("r").keySet().stream()
                        .filter(name -> !name.equals("credentials"))
                        .toArray(String[]::new));
    }

    private static Document formerRun(String id) {
        return new Document("id", id)
                .append("definition", "{}")
                .append("queues", List.of(id + ".messages"))
                .append("credentials", List.of())
                .append("since", Date.from(NOW))
                .append("declared", Date.from(NOW))
                .append("next", null)
                .append("given_up", false)
                .append("ending", false)
                .append("loss", null);
    }
}
