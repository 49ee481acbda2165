package dev.weft.common.duty;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.common.id.Ids;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DutiesTest {

    private static final Duration OFTEN = ofMillis(20);
    private static final Duration SOON = ofSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InMemoryLeaseRepository leases = new InMemoryLeaseRepository(Clock.systemUTC());
    private final List<Duties> started = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private Duties start(Clock clock, Duty... duties) {
        var all = new Duties(List.of(duties), Optional.of(leases), new Ids(), clock, meters, ofMillis(300));
        all.start();
        started.add(all);
        return all;
    }

    private Duties start(Duty... duties) {
        return start(Clock.systemUTC(), duties);
    }

    @AfterEach
    void stop() {
        over.countDown();
        started.forEach(Duties::stop);
    }

    private double runs(String duty, String outcome) {
        var timer = meters.find("weft.duty.runs")
                .tags("duty", duty, "outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    /** Waits for the end of the test, whoever interrupts. */
    private void hang() {
        while (over.getCount() > 0) {
            try {
                over.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // This is what it must not do.
            }
        }
    }

    private void waitInterruptibly() {
        try {
            over.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void aDutyThatHangsKeepsNoOtherWaiting() {
        var others = new AtomicInteger();

        start(
                Duty.ofService("hangs", OFTEN, this::hang).within(ofSeconds(60)),
                Duty.ofProcess("goes-on", OFTEN, others::incrementAndGet));

        await().atMost(SOON).until(() -> others.get() > 5);
    }

    @Test
    void aFaultBesideTheWorkIsNotTheEndOfTheDuty() {
        var fault = new AtomicBoolean(true);
        var done = new AtomicInteger();
        meters.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().equals("weft.duty.runs") && fault.getAndSet(false)) {
                    throw new OutOfMemoryError("as if there were no thread");
                }
                return id;
            }
        });

        start(Duty.ofProcess("unlucky", OFTEN, done::incrementAndGet));

        await().atMost(SOON).until(() -> done.get() > 2);
        assertThat(fault).isFalse();
    }

    @Test
    void aRunPastItsLimitIsInterruptedAndTheDutyGoesOn() {
        var begun = new AtomicInteger();

        start(Duty.ofService("slow", OFTEN, () -> {
                    if (begun.incrementAndGet() == 1) {
                        waitInterruptibly();
                    }
                })
                .within(ofMillis(100)));

        await().atMost(SOON).until(() -> runs("slow", "success") >= 1);
        // A machine that is slow may have let others overrun their tenth of a second as well.
        assertThat(runs("slow", "interrupted")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void aRunThatDoesNotEndIsGivenUpAndTheDutyGoesOnUpToTwo(CapturedOutput output) {
        var begun = new AtomicInteger();

        start(Duty.ofProcess("deaf", OFTEN, () -> {
                    begun.incrementAndGet();
                    hang();
                })
                .within(ofMillis(50)));

        await().atMost(SOON).until(() -> runs("deaf", "stuck") >= 2);
        await().atMost(SOON).until(() -> begun.get() == 2);
        assertThat(output).containsOnlyOnce("was interrupted and does not end").contains("hang");
        over.countDown();
        await().atMost(SOON).until(() -> begun.get() > 2);
    }

    @Test
    void replicasTakeTurnsAndAreNeverAtItTogether() {
        var working = new AtomicBoolean();
        var together = new AtomicInteger();
        var done = new AtomicInteger();
        var duty = Duty.ofService("turns", OFTEN, () -> {
            if (!working.compareAndSet(false, true)) {
                together.incrementAndGet();
            }
            await().pollDelay(ofMillis(10)).pollInterval(ofMillis(5)).until(() -> true);
            working.set(false);
            done.incrementAndGet();
        });

        start(duty);
        start(duty);
        start(duty);

        await().atMost(SOON).until(() -> done.get() > 20);
        assertThat(together).hasValue(0);
    }

    /** Counts what is asked of the leases, and can be away. */
    private final class CountedLeases implements LeaseRepository {

        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final List<String> holders = new CopyOnWriteArrayList<>();
        private volatile boolean away;

        private void count(String call) {
            calls.add(call);
            if (away) {
                throw new IllegalStateException("away");
            }
        }

        @Override
        public boolean take(String name, String holder, Duration term) {
            count("take");
            holders.add(holder);
            return leases.take(name, holder, term);
        }

        @Override
        public boolean renew(String name, String holder, Duration term) {
            count("renew");
            return leases.renew(name, holder, term);
        }

        @Override
        public void release(String name, String holder) {
            count("release");
            leases.release(name, holder);
        }

        @Override
        public int held(String prefix) {
            count("held");
            return leases.held(prefix);
        }

        @Override
        public void finish(String name, String holder, Duration rest) {
            count("finish");
            leases.finish(name, holder, rest);
        }

        @Override
        public boolean handOn(String name, String former, String next, Duration term, Instant done) {
            count("handOn");
            holders.add(next);
            return leases.handOn(name, former, next, term, done);
        }

        @Override
        public Optional<Instant> finished(String name) {
            count("finished");
            return leases.finished(name);
        }
    }

    private Duties start(CountedLeases counted, Duty duty) {
        var all = new Duties(List.of(duty), Optional.of(counted), new Ids(), Clock.systemUTC(), meters, ofMillis(300));
        all.start();
        started.add(all);
        return all;
    }

    @Test
    void aDutyThatIsDoneOftenAsksTheStoreOnceARunAndEachRunIsAHolder() {
        var counted = new CountedLeases();
        var done = new AtomicInteger();
        var duties = start(counted, Duty.ofService("often", OFTEN, done::incrementAndGet));

        await().atMost(SOON).until(() -> done.get() > 5);
        assertThat(leases.take("often", "another", ofSeconds(15))).isFalse();
        duties.stop();

        // A run that was held up for a third of its term has renewed its lease.
        counted.calls.removeIf("renew"::equals);
        assertThat(counted.calls).startsWith("take", "handOn").endsWith("handOn", "finish");
        assertThat(counted.calls.subList(1, counted.calls.size() - 1)).containsOnly("handOn");
        assertThat(counted.calls).hasSize(done.get() + 1);
        assertThat(counted.holders).doesNotHaveDuplicates().hasSize(done.get());
        await().atMost(SOON).until(() -> leases.take("often", "another", ofSeconds(15)));
    }

    @Test
    void aDutyWhoseLeaseAnotherHasTakenInBetweenLeavesItToThatOne() {
        var hands = new LeaseRepositorySpec.Hands();
        var shared = new InMemoryLeaseRepository(hands.clock());
        var done = new AtomicInteger();
        var duty = Duty.ofService("moved", OFTEN, done::incrementAndGet);
        var all = new Duties(List.of(duty), Optional.of(shared), new Ids(), hands.clock(), meters, ofMillis(300));
        all.start();
        started.add(all);
        await().atMost(SOON).until(() -> done.get() > 2);

        // As if this process had slept for longer than its term: of the turns in between the other gets one.
        await().atMost(SOON).until(() -> {
            hands.turn(ofSeconds(16));
            return shared.take("moved", "another", ofHours(1));
        });
        var before = runs("moved", "elsewhere");

        await().atMost(SOON).until(() -> runs("moved", "elsewhere") > before + 2);
        assertThat(shared.renew("moved", "another", ofHours(1))).isTrue();
        var after = done.get();
        await().during(ofMillis(200)).atMost(SOON).until(() -> done.get() == after);
    }

    @Test
    void noReplicaKeepsADutyForEver() {
        var hands = new LeaseRepositorySpec.Hands();
        var shared = new InMemoryLeaseRepository(hands.clock());
        var replicas = List.of(new AtomicInteger(), new AtomicInteger());
        for (var done : replicas) {
            var duty = Duty.ofService("shared", OFTEN, done::incrementAndGet);
            var all = new Duties(List.of(duty), Optional.of(shared), new Ids(), hands.clock(), meters, ofMillis(300));
            all.start();
            started.add(all);
        }

        // Never for as long as a term at once, so that no lease ends between two runs.
        await().atMost(SOON).until(() -> {
            hands.turn(ofSeconds(4));
            return replicas.stream().allMatch(done -> done.get() > 20);
        });
    }

    @Test
    void aDutyGoesOnAtOnceWhenTheStoreIsBack() {
        var counted = new CountedLeases();
        var done = new AtomicInteger();
        start(counted, Duty.ofService("back", OFTEN, done::incrementAndGet));
        await().atMost(SOON).until(() -> done.get() > 2);

        counted.away = true;
        await().atMost(SOON).until(() -> runs("back", "failure") > 0);
        counted.away = false;
        var before = done.get();

        // Not after the term of what it has itself.
        await().atMost(SOON).until(() -> done.get() > before);
        assertThat(counted.calls).containsOnlyOnce("take");
    }

    @Test
    void aRunThatFailsGivesItsLeaseBack() {
        var counted = new CountedLeases();
        start(counted, Duty.ofService("fails", OFTEN, () -> {
            throw new IllegalStateException("no");
        }));

        await().atMost(SOON).until(() -> runs("fails", "failure") > 1);
        assertThat(counted.calls).doesNotContain("handOn", "finish").contains("release");
    }

    @Test
    void allReplicasTogetherDoItOnceInThePeriod() {
        var done = new AtomicInteger();
        var duty = Duty.ofService("once", ofHours(1), done::incrementAndGet).first(OFTEN);

        start(duty);
        start(duty);

        await().atMost(SOON).until(() -> runs("once", "elsewhere") == 1 && runs("once", "success") == 1);
        assertThat(done).hasValue(1);
    }

    @Test
    void whatADeadReplicaHeldGoesOnElsewhereWhenItsTermHasEnded() {
        var hands = new LeaseRepositorySpec.Hands();
        var shared = new InMemoryLeaseRepository(hands.clock());
        shared.take("orphan", "a process that was killed", ofSeconds(15));
        var done = new AtomicInteger();
        var duty = Duty.ofService("orphan", OFTEN, done::incrementAndGet);
        var all = new Duties(List.of(duty), Optional.of(shared), new Ids(), hands.clock(), meters, ofMillis(300));
        all.start();
        started.add(all);
        await().atMost(SOON).until(() -> runs("orphan", "elsewhere") > 0);
        assertThat(done).hasValue(0);

        hands.turn(ofSeconds(16));

        await().atMost(SOON).until(() -> done.get() > 0);
    }

    @Test
    void aDutyThatFailsSaysSoOnceAndRestsLonger(CapturedOutput output) {
        var attempts = new CopyOnWriteArrayList<Long>();
        var broken = new AtomicBoolean(true);

        start(Duty.ofProcess("broken", OFTEN, () -> {
            attempts.add(System.nanoTime());
            if (broken.get()) {
                throw new IllegalArgumentException("no");
            }
        }));

        await().atMost(SOON).until(() -> attempts.size() >= 5);
        assertThat(Duration.ofNanos(attempts.get(4) - attempts.get(3))).isGreaterThanOrEqualTo(OFTEN.multipliedBy(16));
        assertThat(output).containsOnlyOnce("The duty broken failed with IllegalArgumentException");
        broken.set(false);
        await().atMost(SOON).until(() -> runs("broken", "success") >= 1);
        assertThat(output).containsOnlyOnce("The duty broken failed");
    }

    @Test
    void aDutyGoesOnAfterAnError() {
        var attempts = new AtomicInteger();

        start(Duty.ofProcess("errs", OFTEN, () -> {
            if (attempts.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
        }));

        await().atMost(SOON).until(() -> attempts.get() > 1);
    }

    @Test
    void whatHasNotSucceededForLongIsOverdueUntilSomeReplicaDidIt() {
        var hands = new LeaseRepositorySpec.Hands();
        var broken = new AtomicBoolean(true);
        var duties = start(
                hands.clock(),
                Duty.ofProcess("late", OFTEN, () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no");
                    }
                }),
                Duty.ofProcess("fine", OFTEN, () -> {}));
        await().atMost(SOON).until(() -> runs("late", "failure") > 0);

        assertThat(duties.overdue()).isEmpty();
        hands.turn(Duration.ofMinutes(5));
        await().atMost(SOON).until(() -> duties.overdue().keySet().equals(java.util.Set.of("late")));
        assertThat(duties.overdue().get("late")).contains("300 s").contains("IllegalStateException");
        assertThat(meters.get("weft.duty.lag").tag("duty", "late").gauge().value())
                .isEqualTo(300.0);
        assertThat(meters.get("weft.duty.overdue").tag("duty", "late").gauge().value())
                .isEqualTo(1.0);

        broken.set(false);
        await().atMost(SOON).until(() -> duties.overdue().isEmpty());
    }

    @Test
    void aReplicaSeesThatAnotherOneDoesIt() {
        var hands = new LeaseRepositorySpec.Hands();
        var shared = new InMemoryLeaseRepository(hands.clock());
        var duty = Duty.ofService("seen", OFTEN, () -> {}).first(ofMillis(1));
        var idle = new Duties(List.of(duty), Optional.of(shared), new Ids(), hands.clock(), meters);
        hands.turn(ofHours(1));
        shared.take("seen", "other", ofSeconds(15));
        shared.finish("seen", "other", ofHours(1));

        idle.start();
        started.add(idle);

        await().atMost(SOON).until(() -> runs("seen", "elsewhere") > 0);
        assertThat(idle.overdue()).isEmpty();
    }

    @Test
    void aStopLetsARunEndAndBeginsNoOther() {
        var begun = new AtomicInteger();
        var ended = new AtomicInteger();
        var duties = start(Duty.ofService("last", OFTEN, () -> {
            begun.incrementAndGet();
            await().pollDelay(ofMillis(300)).until(() -> true);
            ended.incrementAndGet();
        }));
        await().atMost(SOON).until(() -> begun.get() > 0);

        duties.stop();

        var after = ended.get();
        assertThat(after).isPositive().isEqualTo(begun.get());
        assertThat(leases.take("last", "next", ofSeconds(1))
                        || leases.finished("last").isPresent())
                .isTrue();
        await().during(ofMillis(200)).atMost(SOON).until(() -> begun.get() == after);
    }

    @Test
    void aStopInterruptsWhatDoesNotEnd() {
        var begun = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        var duties = start(Duty.ofService("long", OFTEN, () -> {
            begun.countDown();
            try {
                over.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        }));
        await().atMost(SOON).until(() -> begun.getCount() == 0);

        duties.stop();

        await().atMost(SOON).untilTrue(interrupted);
        assertThat(duties.isRunning()).isFalse();
    }

    @Test
    void refusesALeaseWithoutAStoreAndTwoOfOneName() {
        assertThatThrownBy(() -> new Duties(
                        List.of(Duty.ofService("leased", OFTEN, () -> {})),
                        Optional.empty(),
                        new Ids(),
                        Clock.systemUTC(),
                        meters))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> start(Duty.ofProcess("twice", OFTEN, () -> {}), Duty.ofProcess("twice", OFTEN, () -> {})))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
