package dev.weft.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import dev.weft.common.id.Ids;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

class MongoFailedAttemptsIT {

    /** Ten are looked at, however many replicas are asked at once: each attempt has a number of its own. */
    @Test
    void attemptsAtSeveralReplicasAreCountedOneByOne() throws Exception {
        try (var store = EmbeddedStore.inMemory();
                var client = MongoClients.create(store.connectionString());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var mongo = new MongoTemplate(client, "attempts");
            var replicas = IntStream.range(0, 3)
                    .mapToObj(_ -> new MongoFailedAttempts(mongo, new Ids(), Clock.systemUTC()))
                    .toList();

            var guesses = IntStream.range(0, 60)
                    .mapToObj(i -> threads.submit(() -> replicas.get(i % 3)
                            .count("ada@example.com", "192.0.2.7")
                            .ofMinute()))
                    .toList();

            var numbers = new java.util.ArrayList<Integer>();
            for (var guess : guesses) {
                numbers.add(guess.get());
            }
            assertThat(numbers).doesNotHaveDuplicates().hasSize(60);
            assertThat(numbers.stream().filter(number -> number <= FailedAttempts.LIMIT))
                    .hasSize(FailedAttempts.LIMIT);
        }
    }
}
