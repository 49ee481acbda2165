package dev.weft.gateway.webhook.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.limit.RateLimit;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MissingDoorsTest {

    private static final String FLOW = "5abbb9d4bc984b000739761a";

    private final Set<String> wanted = new HashSet<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final RateLimit room = new RateLimit(Duration.ofSeconds(1));
    private boolean isAway;
    private final MissingDoors missing = new MissingDoors(this::ask, room);

    private boolean ask(String flow) {
        questions.incrementAndGet();
        if (isAway) {
            throw Problem.of(ProblemCode.UNAVAILABLE, "away").exception();
        }
        return wanted.contains(flow);
    }

    @Test
    void aFlowThatShallRunIsStartingFromTheMomentOfTheWish() {
        assertThat(status(FLOW, "a")).isEqualTo(404);

        wanted.add(FLOW);

        assertThat(status(FLOW, "a")).isEqualTo(503);
        wanted.remove(FLOW);
        assertThat(status(FLOW, "a")).isEqualTo(404);
    }

    @Test
    void whatOneAddressInventsTakesNoRoomFromOthers() {
        for (var n = 0; n < 500; n++) {
            status("invented" + n, "stranger");
        }

        assertThat(questions).hasValueLessThan(100);
        assertThat(status(FLOW, "stranger")).isEqualTo(503);
        assertThat(status(FLOW, "user")).isEqualTo(404);
        // Known by now, whoever asks.
        assertThat(status(FLOW, "stranger")).isEqualTo(404);
    }

    @Test
    void whatManyAddressesInventIsBoundedToo() {
        for (var n = 0; n < 2_000; n++) {
            status("invented" + n, "address" + n);
        }

        assertThat(questions).hasValueLessThan(1_000);
    }

    @Test
    void nobodyIsToldThatAFlowIsUnknownWhenNobodyKnows() {
        isAway = true;

        assertThat(status(FLOW, "a")).isEqualTo(503);
    }

    private int status(String flow, String address) {
        return ((ProblemException) missing.refusal(flow, address))
                .first()
                .code()
                .status();
    }
}
