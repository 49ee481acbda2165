package dev.weft.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The suite's share of the search; {@code fuzz-expressions} goes on for as long as it is told. */
class ExpressionFuzzTest {

    private static final int ROUNDS = 4_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsNothing(long seed) throws InterruptedException {
        var left = new AtomicInteger(ROUNDS);
        try (var fuzz = new ExpressionFuzz(seed)) {
            fuzz.run(() -> left.getAndDecrement() > 0);

            assertThat(fuzz.findings()).as("seed " + seed).isEmpty();
        }
    }
}
