package dev.weft.execution.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import dev.weft.execution.retention.RetentionProperties;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

class LogRetentionIT {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static FlowLog.Entry line(String id, Duration ago) {
        return new FlowLog.Entry(
                id,
                "t",
                "w",
                "f",
                "u",
                "c",
                "r",
                "s",
                "e",
                "m",
                "cn",
                NOW.minus(ago).toEpochMilli(),
                30,
                "message");
    }

    @Test
    void keepsLinesForFourteenDaysAndTheNewestOfAFlow() {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try (var server = EmbeddedStore.inMemory();
                var client = MongoClients.create(server.connectionString())) {
            var mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "retention"));
            var log = new MongoFlowLog(mongo);
            log.append(List.of(
                    line("old", Duration.ofDays(14).plusMinutes(1)),
                    line("young", Duration.ofDays(14).minusMinutes(1)),
                    line("newer", Duration.ofDays(2)),
                    line("new", Duration.ZERO)));

            new LogRetention(log, new RetentionProperties(1, 3), clock).sweep();

            var all = new LogQuery("w", List.of(), null, null, List.of(), "", 0, 100);
            assertThat(log.find(all, 0, 100)).extracting(FlowLog.Entry::id).containsExactly("new", "newer", "young");

            log.append(List.of(line("newest", Duration.ofSeconds(-1)), line("later", Duration.ofSeconds(-2))));
            log.keep(java.util.Date.from(NOW.minus(Duration.ofDays(14))), 3);
            assertThat(log.find(all, 0, 100)).extracting(FlowLog.Entry::id).containsExactly("later", "newest", "new");

            log.deleteFlow("another");
            assertThat(log.find(all, 0, 100)).hasSize(3);
            log.deleteFlow("f");
            assertThat(log.find(all, 0, 100)).isEmpty();
        }
    }
}
