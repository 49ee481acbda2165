package dev.weft.execution.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which flows are evaluated apart, and for how long. */
class HeavyFlowsTest {

    private static final long SECOND = 1_000_000_000;

    /** Near where a count of nanoseconds turns negative. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);

    private final HeavyFlows heavy = new HeavyFlows(Duration.ofMinutes(1), now::get);

    @Test
    void aFlowIsHeavyOnceItWasAddedAndNoOtherIs() {
        assertThat(heavy.contains("f")).isFalse();

        heavy.add("f");

        assertThat(heavy.contains("f")).isTrue();
        assertThat(heavy.contains("f")).as("asked once more").isTrue();
        assertThat(heavy.contains("g")).isFalse();
    }

    @Test
    void whenItsTermIsOverAFlowIsAsAnyOther() {
        heavy.add("first");
        now.addAndGet(40 * SECOND);
        heavy.add("second");

        now.addAndGet(20 * SECOND);
        assertThat(heavy.contains("first")).isFalse();
        assertThat(heavy.contains("second")).isTrue();

        now.addAndGet(40 * SECOND);
        assertThat(heavy.contains("second")).isFalse();

        heavy.add("first");
        assertThat(heavy.contains("first")).as("anew").isTrue();
    }

    @Test
    void itsTermBeginsAnewWhenItIsAddedOnceMore() {
        heavy.add("f");
        now.addAndGet(40 * SECOND);
        heavy.add("f");

        now.addAndGet(59 * SECOND);
        assertThat(heavy.contains("f")).isTrue();
    }

    @Test
    void ofVeryManySomeAreLetGo() {
        var flows = IntStream.range(0, 30_000).mapToObj(n -> "f" + n).toList();

        flows.forEach(heavy::add);

        assertThat(heavy.weight()).isLessThanOrEqualTo(HeavyFlows.HEAVIEST);
        assertThat(flows.stream().filter(heavy::contains).count()).isBetween(10_000L, 20_000L);
        now.addAndGet(60 * SECOND);
        assertThat(heavy.weight()).as("all are over").isZero();
    }
}
