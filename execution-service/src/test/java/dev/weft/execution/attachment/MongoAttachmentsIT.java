package dev.weft.execution.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

class MongoAttachmentsIT {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Attachments.File FILE = new Attachments.File("x.txt", "text/plain", new byte[] {0, -1, 7});

    private EmbeddedStore server;
    private MongoClient client;
    private MongoTemplate mongo;

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(server.connectionString());
        mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "attachments"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private MongoAttachments at(Instant now) {
        return new MongoAttachments(mongo, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void keepsAFileHoweverOftenItComes() {
        var attachments = at(NOW);
        attachments.keep("f", "e", Map.of(1, FILE, 2, new Attachments.File("", "", new byte[0])));
        attachments.keep("f", "e", Map.of(1, FILE));

        var found = attachments.find("e", 1).orElseThrow();
        assertThat(found.name()).isEqualTo("x.txt");
        assertThat(found.contentType()).isEqualTo("text/plain");
        assertThat(found.content()).isEqualTo(FILE.content());
        assertThat(attachments.find("e", 2).orElseThrow().content()).isEmpty();
        assertThat(attachments.find("e", 3)).isEmpty();
        assertThat(attachments.find("other", 1)).isEmpty();
        assertThat(mongo.getCollection("attachments").countDocuments()).isEqualTo(2);
    }

    @Test
    void removesWhatIsTooOld() {
        at(NOW.minus(Duration.ofDays(6))).keep("f", "old", Map.of(1, FILE));
        at(NOW).keep("f", "new", Map.of(1, FILE));

        at(NOW).keep(Date.from(NOW.minus(Duration.ofDays(5))));

        assertThat(at(NOW).find("old", 1)).isEmpty();
        assertThat(at(NOW).find("new", 1)).isPresent();
    }

    @Test
    void removesThoseOfAFlow() {
        at(NOW).keep("f", "e", Map.of(1, FILE));
        at(NOW).keep("g", "h", Map.of(1, FILE));

        at(NOW).deleteFlow("f");

        assertThat(at(NOW).find("e", 1)).isEmpty();
        assertThat(at(NOW).find("h", 1)).isPresent();
    }
}
