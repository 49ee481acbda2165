package dev.weft.execution.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClients;
import dev.weft.store.EmbeddedStore;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class StoredDocumentCodecTest {

    private static Document ofEveryKind() {
        return new Document("_id", "a")
                .append("text", "é")
                .append("n", 1)
                .append("long", 9_000_000_000L)
                .append("flag", true)
                .append("at", new Date(1_700_000_000_000L))
                .append("bytes", new Binary(new byte[] {1, 2}))
                .append("other bytes", new byte[] {3})
                .append("none", null)
                .append("part", new Document("m", Map.of("k", 2)))
                .append("list", Arrays.asList("x", null, 3L, new Document("y", List.of())))
                .append("set", Set.of("one"))
                .append("double", 1.5)
                .append("object", new ObjectId("65a000000000000000000001"))
                .append("pattern", Pattern.compile("^a", Pattern.CASE_INSENSITIVE));
    }

    @Test
    void writesWhatTheDriversOwnCodecWrites() {
        try (var server = EmbeddedStore.inMemory();
                var client = MongoClients.create(server.connectionString())) {
            var usual = client.getDatabase("codec").getCollection("documents");
            var ours = StoredDocumentCodec.writing(usual);

            ours.insertMany(List.of(ofEveryKind()));

            var kept = usual.withDocumentClass(BsonDocument.class).find().first();
            assertThat(kept)
                    .isEqualTo(ofEveryKind()
                            .toBsonDocument(BsonDocument.class, MongoClientSettings.getDefaultCodecRegistry()));
            assertThat(ours.find(new Document("_id", new Document("$in", Set.of("a"))))
                            .first())
                    .isEqualTo(usual.find().first());
        }
    }
}
