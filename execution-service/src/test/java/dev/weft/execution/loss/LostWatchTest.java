package dev.weft.execution.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostWatchTest {

    private static final Instant PATIENCE = Instant.ofEpochSecond(300);
    private static final List<String> QUEUES = List.of("in", "out");

    private final LostWatch watch = new LostWatch(7, PATIENCE);

    @Test
    void twoLooksAfterItsPatienceMustSeeEachQueueEmpty() {
        look(300, "in", "out");
        assertThat(watch.isLost(QUEUES)).as("it may be on its way").isFalse();

        look(315, "in");
        look(330, "out");

        assertThat(watch.isLost(QUEUES)).isTrue();
    }

    /** A message that waited where nobody looks comes to a queue with a backlog, and stands there for long. */
    @Test
    void whatWasEmptyBeforeTheMessageMayHaveComeProvesNothing() {
        look(0, "in", "out");
        look(15, "in", "out");
        look(285, "in", "out");

        for (var now = 300; now < 900; now += 15) {
            look(now, "in");
            assertThat(watch.isLost(QUEUES)).isFalse();
        }
    }

    @Test
    void anExecutionOfNoQueueIsNotLost() {
        look(300);
        look(315);

        assertThat(watch.isLost(List.of())).isFalse();
    }

    @Test
    void isOfOneRevision() {
        assertThat(watch.isOf(7)).isTrue();
        assertThat(watch.isOf(8)).as("a record has come").isFalse();
    }

    private void look(int second, String... empty) {
        watch.look(Instant.ofEpochSecond(second), List.of(empty));
    }
}
