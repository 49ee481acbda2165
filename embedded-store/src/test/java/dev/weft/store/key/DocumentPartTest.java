package dev.weft.store.key;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocumentPartTest {
    private static final Document DOCUMENT = new Document("_id", new ObjectId())
            .append("double", 1.5)
            .append("text", "für \uD83D\uDE00")
            .append("document", new Document("k", List.of(1, "two")))
            .append("array", List.of(new Document("k", 1), 2))
            .append("binary", new BinData(new byte[] {1, 2, 3}))
            .append("uuid", new UUID(1, 2))
            .append("true", true)
            .append("date", Instant.ofEpochMilli(1_000))
            .append("null", null)
            .append("regex", new BsonRegularExpression("a.*", "i"))
            .append("int", 7)
            .append("timestamp", new BsonTimestamp(3))
            .append("long", 8L)
            .append("decimal", new Decimal128(new BigDecimal("1.25")))
            .append("min", MinKey.getInstance())
            .append("max", MaxKey.getInstance())
            .append("last", "");

    @Test
    void findsEachFieldBehindFieldsOfEveryType() {
        var bytes = DocumentBytes.encode(DOCUMENT);
        var whole = DocumentBytes.decode(bytes);

        for (var field : DOCUMENT.keySet()) {
            assertThat(DocumentPart.cut(bytes, Set.of(field, "absent")))
                    .isEqualTo(DocumentBytes.encode(new Document(field, whole.get(field))));
        }
        assertThat(DocumentPart.cut(bytes, DOCUMENT.keySet())).isEqualTo(bytes);
        assertThat(DocumentPart.decode(bytes, Set.of())).isEmpty();
    }
}
