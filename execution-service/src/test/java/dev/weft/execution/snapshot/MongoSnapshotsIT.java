package dev.weft.execution.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.execution.step.StepFailure;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import tools.jackson.databind.json.JsonMapper;

class MongoSnapshotsIT {

    private EmbeddedStore server;
    private MongoClient client;
    private MongoSnapshots snapshots;

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(server.connectionString());
        var mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "snapshots"));
        snapshots = new MongoSnapshots(mongo, JsonMapper.builder().build(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void keepsTheLastOneAndMergesWhenToldTo() {
        assertThat(snapshots.find("f", "s")).isNull();

        snapshots.store("f", "s", Map.of("a", 1), false);
        snapshots.store("f", "s", Map.of("$b.c", 2), true);

        assertThat(snapshots.find("f", "s")).isEqualTo(Map.of("a", 1, "$b.c", 2));
        assertThat(snapshots.find("f", "other")).isNull();
    }

    @Test
    void removesThoseOfAFlow() {
        snapshots.store("f", "s", Map.of("a", 1), false);
        snapshots.store("f", "t", Map.of("a", 1), false);
        snapshots.store("f0", "s", Map.of("a", 1), false);

        snapshots.deleteFlow("f");

        assertThat(snapshots.find("f", "s")).isNull();
        assertThat(snapshots.find("f", "t")).isNull();
        assertThat(snapshots.find("f0", "s")).isNotNull();
    }

    /** Source: api-v2 9.9, sailor-runtime 12. */
    @Test
    void takesFiveKibibytesAndNoMore() {
        var most = "x".repeat(5 * 1024 - "{\"a\":\"\"}".length());
        snapshots.store("f", "s", Map.of("a", most), false);

        assertThatThrownBy(() -> snapshots.store("f", "s", Map.of("a", most + "x"), false))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).contains("5120"));
        assertThatThrownBy(() -> snapshots.store("f", "s", Map.of("b", 1), true))
                .isInstanceOf(StepFailure.class);

        assertThat(snapshots.find("f", "s")).isEqualTo(Map.of("a", most));
    }
}
