package dev.weft.common.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.outbox.Outbox.Place;
import dev.weft.common.service.SetClock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AuditTellerTest {

    private static final Ids IDS = new Ids();
    private static final JsonMapper JSON = new JsonMapper();

    private final List<DomainEvent> messages = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicBoolean away = new AtomicBoolean();
    private final CountDownLatch open = new CountDownLatch(1);
    private AuditTeller teller;

    private AuditTeller start(AuditTeller.Failed failed) {
        var outbox = new Outbox(IDS, new SetClock(), JSON);
        var relay = new AuditRelay(outbox, message -> {
            awaitOpen();
            if (away.get()) {
                throw new IllegalStateException("The broker is away.");
            }
            messages.add(JSON.readValue(message.body(), DomainEvent.class));
        });
        teller = new AuditTeller(relay, failed, told::addAll);
        teller.start();
        return teller;
    }

    private void awaitOpen() {
        try {
            assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        open.countDown();
        teller.stop();
    }

    private static AuditEntry entry() {
        return new AuditEntry(
                IDS.next(),
                Instant.parse("2026-01-01T00:00:00Z"),
                "flow.start",
                AuditOutcome.SUCCEEDED,
                202,
                new AuditActor("user", IDS.next(), "ann@example.com"),
                "flow",
                IDS.next(),
                new Place(IDS.next(), null, null),
                "192.0.2.1",
                "r",
                List.of(),
                false);
    }

    private static int entries(DomainEvent message) {
        return ((List<?>) message.payload().get("entries")).size();
    }

    @Test
    void theMoreComeTheFewerMessagesEachCosts() throws Exception {
        start(AuditTeller.Failed.DROP);
        var outcomes =
                IntStream.range(0, 1000).mapToObj(_ -> teller.tell(entry())).toList();

        open.countDown();

        for (CompletableFuture<Boolean> outcome : outcomes) {
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(messages.stream().mapToInt(AuditTellerTest::entries).sum()).isEqualTo(1000);
        assertThat(messages).hasSizeLessThan(20).allMatch(message -> entries(message) <= AuditRelay.AT_ONCE);
        assertThat(told).hasSize(1000).doesNotHaveDuplicates();
    }

    @Test
    void whatAStoreHasIsLeftToItWhenTheBrokerIsAway() throws Exception {
        away.set(true);
        open.countDown();
        start(AuditTeller.Failed.DROP);

        assertThat(teller.tell(entry()).get(20, TimeUnit.SECONDS)).isFalse();

        assertThat(teller.isFailing()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void whatNobodyElseHasIsToldWhenTheBrokerIsBack() throws Exception {
        away.set(true);
        open.countDown();
        start(AuditTeller.Failed.KEEP);
        var outcome = teller.tell(entry());
        await().until(teller::isFailing);
        assertThat(outcome).isNotDone();

        away.set(false);

        assertThat(outcome.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(messages).hasSize(1);
        assertThat(teller.isFailing()).isFalse();
    }

    @Test
    void whatIsTooMuchForItsMemoryIsSaidAtOnce() {
        start(AuditTeller.Failed.DROP);

        var outcomes =
                IntStream.range(0, 10_500).mapToObj(_ -> teller.tell(entry())).toList();

        assertThat(outcomes.stream().filter(CompletableFuture::isDone))
                .isNotEmpty()
                .allMatch(full -> !full.getNow(true));
    }

    @Test
    void whatWaitsIsToldBeforeTheProcessEnds() {
        start(AuditTeller.Failed.KEEP);
        IntStream.range(0, 300).forEach(_ -> teller.tell(entry()));
        open.countDown();

        teller.stop();

        assertThat(messages.stream().mapToInt(AuditTellerTest::entries).sum()).isEqualTo(300);
    }
}
