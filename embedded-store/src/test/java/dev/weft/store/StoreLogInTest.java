package dev.weft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLogInTest {

    private static final String PASSWORD = "s3cret/with&odd=signs";

    @TempDir
    private Path directory;

    private EmbeddedStore store() {
        return EmbeddedStore.open(directory.resolve("locked.store"), "localhost", 0, false, PASSWORD);
    }

    private static MongoClient connect(String uri) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(settings -> settings.serverSelectionTimeout(30, TimeUnit.SECONDS))
                .build());
    }

    @Test
    void letsInWhoHasThePassword() {
        try (var store = store();
                var client = connect(store.connectionString())) {
            client.getDatabase("d").getCollection("c").insertOne(new Document("_id", 1));

            assertThat(client.getDatabase("d").getCollection("c").countDocuments())
                    .isEqualTo(1);
        }
    }

    @Test
    void carriesOutNothingForAnybodyElse() {
        try (var store = store();
                var stranger = connect(store.address());
                var guessing = connect(store.connectionString().replace("s3cret", "guess"))) {
            for (var command : new String[] {"find", "insert", "listCollections", "dropDatabase", "serverStatus"}) {
                assertThatThrownBy(() -> stranger.getDatabase("d").runCommand(new Document(command, "c")))
                        .as(command)
                        .isInstanceOf(MongoException.class)
                        .hasMessageContaining("Log in first");
            }
            assertThatThrownBy(() -> guessing.getDatabase("d").runCommand(new Document("find", "c")))
                    .isInstanceOf(MongoException.class)
                    .hasMessageContaining("authenticating");
        }
    }

    @Test
    void endsConnectionsThatSpeakTheOlderFormForMoreThanAGreeting() throws IOException {
        try (var store = store();
                var socket = new Socket("localhost", store.port())) {
            var namespace = "d.c\0".getBytes(StandardCharsets.US_ASCII);
            var query = ByteBuffer.allocate(16 + 4 + namespace.length + 8 + 5).order(ByteOrder.LITTLE_ENDIAN);
            query.putInt(query.capacity()).putInt(1).putInt(0).putInt(2004);
            query.putInt(0).put(namespace).putInt(0).putInt(1);
            query.putInt(5).put((byte) 0);

            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(query.array());

            assertThat(socket.getInputStream().read())
                    .as("the end of the connection")
                    .isEqualTo(-1);
        }
    }
}
