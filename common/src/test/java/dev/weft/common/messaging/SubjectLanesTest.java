package dev.weft.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubjectLanesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final SubjectLanes lanes = new SubjectLanes(4);

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void keepsTheOrderOfEachSubject() {
        var seen = new ConcurrentHashMap<String, ConcurrentLinkedQueue<Integer>>();
        var subjects = List.of("a", "b", "c", "d", "e", "f");

        IntStream.range(0, 200)
                .forEach(n -> subjects.forEach(subject -> lanes.add(subject, () -> {
                    seen.computeIfAbsent(subject, _ -> new ConcurrentLinkedQueue<>())
                            .add(n);
                    Thread.yield();
                })));

        await().atMost(LONG)
                .until(() -> seen.size() == 6 && seen.values().stream().allMatch(numbers -> numbers.size() == 200));
        assertThat(seen.values())
                .allSatisfy(numbers -> assertThat(List.copyOf(numbers)).isSorted());
    }

    @Test
    void aSubjectWhoseWorkTakesLongHoldsUpItselfAlone() {
        var end = new CountDownLatch(1);
        var next = new AtomicInteger();
        var others = new AtomicInteger();

        lanes.add("slow", () -> pass(end));
        lanes.add("slow", next::incrementAndGet);
        IntStream.range(0, 50).forEach(n -> lanes.add("other " + n, others::incrementAndGet));

        await().atMost(LONG).until(() -> others.get() == 50);
        assertThat(next).hasValue(0);
        end.countDown();
        await().atMost(LONG).until(() -> next.get() == 1);
    }

    @Test
    void atItsEndItWaitsForWhatIsInWorkAndBeginsNothingMore() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var done = new AtomicInteger();
        lanes.add("a", () -> {
            begun.countDown();
            pass(end);
            done.incrementAndGet();
        });
        lanes.add("a", () -> done.addAndGet(100));
        pass(begun);

        var closing = Thread.ofVirtual().start(() -> lanes.close(LONG));
        assertThat(closing.join(Duration.ofMillis(50))).isFalse();
        end.countDown();

        assertThat(closing.join(LONG)).isTrue();
        lanes.add("b", () -> done.addAndGet(100));
        assertThat(done).hasValue(1);
    }

    /** As a machine without room for another thread is. */
    @Test
    void aSubjectForWhichThereIsNoThreadIsNotKeptWaitingByThat() {
        var refused = new AtomicBoolean(true);
        var few = new SubjectLanes(2, work -> {
            if (refused.getAndSet(false)) {
                throw new OutOfMemoryError("as if");
            }
            return Thread.ofVirtual().unstarted(work);
        });
        var done = new AtomicInteger();

        assertThatThrownBy(() -> few.add("a", done::incrementAndGet)).isInstanceOf(OutOfMemoryError.class);
        few.add("a", done::incrementAndGet);

        await().atMost(LONG).until(() -> done.get() == 1);
    }

    @Test
    void whoCanGetNoOtherThreadGoesOnWithItsSubject() {
        var threads = new AtomicInteger();
        var few = new SubjectLanes(2, work -> {
            if (threads.getAndIncrement() > 0) {
                throw new OutOfMemoryError("as if");
            }
            return Thread.ofVirtual().unstarted(work);
        });
        var go = new CountDownLatch(1);
        var done = new AtomicInteger();
        few.add("a", () -> pass(go));
        few.add("a", done::incrementAndGet);
        few.add("a", done::incrementAndGet);

        go.countDown();

        await().atMost(LONG).until(() -> done.get() == 2);
    }
}
