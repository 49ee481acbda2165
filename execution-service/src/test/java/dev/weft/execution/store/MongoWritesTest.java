package dev.weft.execution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MongoWritesTest {

    private static final WriteConcernError NOT_REPLICATED =
            new WriteConcernError(64, "WriteConcernFailed", "waiting for replication timed out", new BsonDocument());

    private static MongoBulkWriteException bulk(@Nullable WriteConcernError concern, BulkWriteError... errors) {
        return new MongoBulkWriteException(
                BulkWriteResult.unacknowledged(), List.of(errors), concern, new ServerAddress(), Set.of());
    }

    private static BulkWriteError error(int code, int index) {
        return new BulkWriteError(code, "message", new BsonDocument(), index);
    }

    @Test
    void tellsWhichDocumentsWereThereAlready() {
        assertThat(MongoWrites.requireOnlyDuplicates(bulk(null, error(11000, 2), error(11000, 5))))
                .containsExactlyInAnyOrder(2, 5);
    }

    @Test
    void doesNotTakeForWrittenWhatIsNotAsSafeAsItMustBe() {
        var thrown = bulk(NOT_REPLICATED, error(11000, 2));

        assertThatThrownBy(() -> MongoWrites.requireOnlyDuplicates(thrown))
                .isInstanceOf(MongoWriteConcernException.class)
                .satisfies(failure -> assertThat(MongoWrites.isForGood(failure)).isFalse());
        assertThat(MongoWrites.isForGood(thrown)).isFalse();
    }

    @Test
    void triesAgainWhatFailsWhileAPrimaryIsElected() {
        assertThat(MongoWrites.isForGood(bulk(null, error(10107, 0)))).isFalse();
        assertThat(MongoWrites.isForGood(bulk(null, error(11602, 0), error(91, 1))))
                .isFalse();
        assertThat(MongoWrites.isForGood(
                        new MongoSocketReadException("gone", new ServerAddress(), new RuntimeException())))
                .isFalse();
    }

    @Test
    void doesNotTryAgainWhatIsRefused() {
        assertThat(MongoWrites.isForGood(bulk(null, error(11000, 0), error(2, 1))))
                .isTrue();
        assertThat(MongoWrites.isForGood(new IllegalArgumentException("no document can be made of it")))
                .isTrue();
        assertThatThrownBy(() -> MongoWrites.requireOnlyDuplicates(bulk(null, error(2, 1))))
                .isInstanceOf(MongoBulkWriteException.class);
    }
}
