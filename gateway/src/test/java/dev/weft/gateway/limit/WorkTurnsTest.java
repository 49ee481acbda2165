package dev.weft.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.gateway.limit.BodyBudget.Owner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class WorkTurnsTest {

    private static final List<Owner> ANN = owners("ann", "acme");
    private static final List<Owner> BOB = owners("bob", "acme");
    private static final List<Owner> EVE = owners("eve", "else");

    private final WorkTurns impatient = new WorkTurns(100, Duration.ofMillis(1));
    private final WorkTurns turns = new WorkTurns(100, Duration.ofSeconds(60));

    private static List<Owner> owners(String address, String tenant) {
        return List.of(new Owner("address " + address, 50), new Owner("tenant " + tenant, 75));
    }

    @Test
    void nobodyTakesTheShareOfOthers() throws InterruptedException {
        assertThat(impatient.take(40, ANN)).isPresent();

        assertThat(impatient.take(20, ANN)).as("half for an address").isEmpty();
        assertThat(impatient.take(30, BOB)).isPresent();
        assertThat(impatient.take(6, owners("cy", "acme")))
                .as("three quarters for a tenant")
                .isEmpty();
        assertThat(impatient.take(25, EVE)).isPresent();
        assertThat(impatient.take(6, owners("dan", "third"))).as("all in all").isEmpty();
        assertThat(impatient.take(0, ANN)).as("what costs nothing").isPresent();
        assertThat(impatient.waiting()).isZero();
    }

    @Test
    void theLargestAreWorkedOnOneAtATimeAndTakeHalf() throws InterruptedException {
        var first = impatient.take(1000, ANN).orElseThrow();

        assertThat(impatient.take(1000, EVE)).isEmpty();
        var small = impatient.take(50, EVE).orElseThrow();
        first.close();
        small.close();
        assertThat(impatient.take(1000, EVE)).isPresent();
    }

    @Test
    void whatIsNotNeededAnyMoreIsOthers() throws InterruptedException {
        var turn = impatient.take(50, ANN).orElseThrow();
        assertThat(impatient.take(20, ANN)).isEmpty();

        turn.shrinkTo(30);
        turn.shrinkTo(40);

        assertThat(impatient.take(20, ANN)).isPresent();
        turn.close();
        turn.close();
        assertThat(impatient.take(30, ANN)).isPresent();
        assertThat(impatient.take(1, ANN)).isEmpty();
    }

    @Test
    void tenantsAreServedInTurn() throws InterruptedException {
        var served = new CopyOnWriteArrayList<String>();
        var first = turns.take(1000, ANN).orElseThrow();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var owners : List.of(ANN, BOB, ANN, EVE)) {
                var before = turns.waiting();
                callers.submit(() -> {
                    try (var _ = turns.take(1000, owners).orElseThrow()) {
                        served.add(owners.getFirst().name());
                    }
                    return null;
                });
                await().until(() -> turns.waiting() > before);
            }

            first.close();
        }

        assertThat(served).containsExactly("address ann", "address eve", "address bob", "address ann");
    }

    @Test
    void whoWaitsForAnOwnShareHoldsUpNobodyElse() throws InterruptedException {
        var first = turns.take(50, ANN).orElseThrow();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var waits = callers.submit(() -> turns.take(50, ANN));
            await().until(() -> turns.waiting() == 1);

            try (var _ = turns.take(20, BOB).orElseThrow();
                    var _ = turns.take(30, EVE).orElseThrow()) {
                assertThat(waits.isDone()).isFalse();
            }
            first.close();
        }
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void nobodyOvertakesWhoWaitsForTheSameShare() throws Exception {
        var first = turns.take(30, ANN).orElseThrow();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var large = threads.submit(() -> turns.take(50, ANN).orElseThrow());
            await().until(() -> turns.waiting() == 1);
            var small = threads.submit(() -> turns.take(10, ANN).orElseThrow());
            await().until(() -> turns.waiting() == 2);

            turns.take(10, BOB).orElseThrow().close();
            assertThat(turns.waiting()).as("it looks for whose turn it is").isEqualTo(2);
            first.close();

            large.get().close();
            small.get().close();
        }
    }

    @Test
    void whoGivesUpLetsThoseBehindGoOn() throws InterruptedException {
        var first = turns.take(50, ANN).orElseThrow();
        var second = turns.take(20, EVE).orElseThrow();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var tooMuch = Thread.ofVirtual().start(() -> {
                try {
                    turns.take(50, owners("dan", "third"));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            await().until(() -> turns.waiting() == 1);
            var behind = callers.submit(() -> turns.take(20, EVE));
            await().until(() -> turns.waiting() == 2);

            tooMuch.interrupt();

            await().until(behind::isDone);
            first.close();
            second.close();
        }
    }
}
