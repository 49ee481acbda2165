package dev.weft.execution.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.execution.step.StepFailure;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import tools.jackson.databind.json.JsonMapper;

class MongoSnapshotsIT {

    private EmbeddedStore server;
    private MongoClient client;
    private MongoSnapshots stored;
    private Snapshots snapshots;

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(server.connectionString());
        var mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "snapshots"));
        stored = new MongoSnapshots(mongo, Clock.systemUTC());
        snapshots = new Snapshots(stored, JsonMapper.builder().build());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void store(String flow, String step, Object value, boolean merge) {
        assertThat(snapshots.remember(flow, step, value, merge).store(() -> true))
                .succeedsWithin(60, TimeUnit.SECONDS)
                .isEqualTo(true);
    }

    @Test
    void keepsTheLastOneAndMergesWhenToldTo() {
        assertThat(snapshots.find("f", "s")).isNull();

        store("f", "s", Map.of("a", 1), false);
        store("f", "s", Map.of("$b.c", 2), true);

        assertThat(snapshots.find("f", "s")).isEqualTo(Map.of("a", 1, "$b.c", 2));
        assertThat(snapshots.find("f", "other")).isNull();
    }

    @Test
    void removesThoseOfAFlow() {
        store("f", "s", Map.of("a", 1), false);
        store("f", "t", Map.of("a", 1), false);
        store("f0", "s", Map.of("a", 1), false);

        stored.deleteFlow("f");

        assertThat(snapshots.find("f", "s")).isNull();
        assertThat(snapshots.find("f", "t")).isNull();
        assertThat(snapshots.find("f0", "s")).isNotNull();
    }

    /** Source: api-v2 9.9, sailor-runtime 12. */
    @Test
    void takesFiveKibibytesAndNoMore() {
        var most = "x".repeat(5 * 1024 - "{\"a\":\"\"}".length());
        store("f", "s", Map.of("a", most), false);

        assertThatThrownBy(() -> store("f", "s", Map.of("a", most + "x"), false))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).contains("5120"));
        assertThatThrownBy(() -> store("f", "s", Map.of("b", 1), true)).isInstanceOf(StepFailure.class);

        assertThat(snapshots.find("f", "s")).isEqualTo(Map.of("a", most));
    }
}
