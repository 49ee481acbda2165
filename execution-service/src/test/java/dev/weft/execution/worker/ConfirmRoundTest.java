package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.weft.common.broker.NotedSettling;
import dev.weft.execution.consumer.QueueWorker;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.PublishFailure;
import dev.weft.execution.settling.ConfirmRound;
import dev.weft.execution.snapshot.SnapshotStore;
import dev.weft.execution.snapshot.Snapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ConfirmRoundTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-27T15:39:02Z"), ZoneOffset.UTC);
    private static final FlowFrame FRAME = FlowFrame.to("q", Map.of(), new byte[0]);

    private final NotedSettling settling = new NotedSettling();
    private final AtomicInteger worked = new AtomicInteger();
    private final List<String> published = new ArrayList<>();
    private final Map<String, Object> headers = new HashMap<>();
    private final QueueWorker worker = new QueueWorker(1, (delivered, itself) -> {
        itself.settled(delivered);
        worked.incrementAndGet();
    });
    private final Delivery delivery = new Delivery("q", "q", Map.of(), new byte[0], 1, 0, settling);

    private ConfirmRound round(List<CompletableFuture<Void>> answers) {
        Queue<CompletableFuture<Void>> left = new ArrayDeque<>(answers);
        return new ConfirmRound(
                frame -> {
                    published.add(frame.key());
                    headers.putAll(frame.headers());
                    return left.remove();
                },
                delivery,
                worker,
                CLOCK);
    }

    @Test
    void acknowledgesWhenTheLastIsSafe() {
        var published = new CompletableFuture<Void>();
        var recorded = new CompletableFuture<Void>();
        var round = round(List.of(published));

        round.publish(FRAME, _ -> false);
        round.join(recorded);
        round.end();
        published.complete(null);
        assertThat(settling.acknowledged()).isEmpty();
        recorded.complete(null);

        assertThat(settling.acknowledged()).hasSize(1);
    }

    @Test
    void repeatsWhatIsRefusedWhileTheQueueRests() {
        var refused = CompletableFuture.<Void>failedFuture(new PublishFailure.QueueFull("q"));
        var round = round(List.of(refused, refused, CompletableFuture.completedFuture(null)));

        round.publish(FRAME, _ -> false);
        round.end();
        worker.take(delivery);
        assertThat(worked).hasValue(0);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> settling.acknowledged().size() == 1);
        await().atMost(Duration.ofSeconds(60)).untilAtomic(worked, is(1));
    }

    @Test
    void saysWithEachRepetitionHowManyThereWere() {
        var refused = CompletableFuture.<Void>failedFuture(new PublishFailure.QueueFull("q"));
        Queue<CompletableFuture<Void>> answers =
                new ArrayDeque<>(List.of(refused, refused, CompletableFuture.completedFuture(null)));
        List<Object> marks = new CopyOnWriteArrayList<>();
        var round = new ConfirmRound(
                frame -> {
                    marks.add(frame.headers().getOrDefault("retry", 0));
                    return answers.remove();
                },
                delivery,
                worker,
                CLOCK);

        round.publish(FRAME, _ -> false);
        round.end();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> settling.acknowledged().size() == 1);
        assertThat(marks).containsExactly(0, 1, 2);
    }

    @Test
    void givesItsRoomBackWhileItWaitsForAFullQueue() {
        var answer = new CompletableFuture<Void>();
        var later = new CompletableFuture<Void>();
        Queue<CompletableFuture<Void>> answers = new ArrayDeque<>(List.of(answer, later));
        var given = new AtomicInteger();
        var round = new ConfirmRound(_ -> answers.remove(), delivery, worker, CLOCK, _ -> {}, given::incrementAndGet);

        round.publish(FRAME, _ -> false);
        answer.completeExceptionally(new PublishFailure.QueueFull("q"));
        assertThat(given).as("the hop still makes something of it").hasValue(0);
        round.end();
        assertThat(given).hasValue(1);
        assertThat(settling.acknowledged()).isEmpty();

        later.complete(null);
        await().untilAsserted(() -> assertThat(settling.acknowledged()).hasSize(1));
        assertThat(given).as("once").hasValue(1);
    }

    @Test
    void leavesItToTheBrokerWhenTheChannelIsGone() {
        settling.lose();
        var round = round(List.of(CompletableFuture.failedFuture(new PublishFailure.BrokerGone())));

        round.publish(FRAME, _ -> false);
        round.end();

        assertThat(settling.acknowledged()).isEmpty();
    }

    @Test
    void letsTheOwnerSeeToWhatHasNoQueue() {
        var round = round(List.of(CompletableFuture.failedFuture(new PublishFailure.Unroutable("q"))));

        round.publish(FRAME, attempts -> attempts == 1);
        round.end();

        assertThat(settling.acknowledged()).hasSize(1);
    }

    @Test
    void storesWhatAStepRemembersAfterTheConfirmsAndBeforeTheAcknowledgement() {
        var confirm = new CompletableFuture<Void>();
        var recorded = new CompletableFuture<Void>();
        var saved = new ConcurrentHashMap<String, Integer>();
        var round = round(List.of(confirm));
        round.publish(FRAME, _ -> false);
        round.join(recorded);
        round.remember(snapshots(json -> saved.put(json, settling.acknowledged().size()))
                .remember("f", "s", 7, false));
        round.end();

        recorded.complete(null);
        assertThat(saved).isEmpty();
        confirm.complete(null);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> settling.acknowledged().size() == 1);
        assertThat(saved).as("and how many were acknowledged then").containsExactly(Map.entry("7", 0));
    }

    @Test
    void remembersNothingOfADeliveryThatComesAgain() {
        settling.lose();
        var saved = new ConcurrentHashMap<String, Integer>();
        var snapshots = snapshots(json -> saved.put(json, 0));
        var round = round(List.of(CompletableFuture.failedFuture(new PublishFailure.BrokerGone())));
        round.remember(snapshots.remember("f", "s", 7, false));

        round.publish(FRAME, _ -> false);
        round.end();

        assertThat(snapshots.find("f", "s")).isNull();
        assertThat(saved).isEmpty();
        assertThat(settling.acknowledged()).isEmpty();
    }

    private static Snapshots snapshots(Consumer<String> save) {
        return new Snapshots(
                new SnapshotStore() {
                    @Override
                    public String find(String flowId, String stepId) {
                        return null;
                    }

                    @Override
                    public void save(String flowId, String stepId, String json) {
                        save.accept(json);
                    }
                },
                JsonMapper.builder().build());
    }

    @Test
    void givesTheDeliveryBackWhenAConfirmCanNotBeHandled() {
        var round = new ConfirmRound(
                _ -> CompletableFuture.failedFuture(new PublishFailure.Unroutable("q")), delivery, worker, CLOCK);

        round.publish(FRAME, _ -> {
            throw new OutOfMemoryError("as if");
        });
        round.end();

        await().atMost(Duration.ofSeconds(60)).until(() -> settling.requeued().size() == 1);
        assertThat(settling.acknowledged()).isEmpty();
    }

    @Test
    void isSettledOnceThoughTheChannelIsLostOfADeliveryThatWasTakenBack() {
        var answer = new CompletableFuture<Void>();
        var round = round(List.of(answer));
        worker.take(delivery);
        await().untilAtomic(worked, is(1));
        round.publish(FRAME, _ -> false);

        assertThat(round.takeBack()).isTrue();
        settling.lose();
        answer.completeExceptionally(new PublishFailure.BrokerGone());

        assertThat(round.takeBack()).isFalse();
        assertThat(worker.unacknowledged()).isZero();
        assertThat(settling.acknowledged()).isEmpty();
    }

    @Test
    void laysAsideWhatHasARecordThatIsRefusedBeforeItIsAcknowledged() {
        var laidAside = new CompletableFuture<Void>();
        var round = round(List.of(laidAside));

        round.join(CompletableFuture.failedFuture(new IllegalArgumentException("too large")));
        round.join(CompletableFuture.failedFuture(new IllegalArgumentException("too large")));
        round.end();

        assertThat(published).containsExactly("weft.dead");
        // Where it came from, for who sends it again.
        assertThat(headers)
                .containsEntry("x-weft-queue", "q")
                .containsEntry("x-weft-reason", "too large")
                .containsKey("x-weft-dead-at");
        assertThat(settling.acknowledged()).isEmpty();
        laidAside.complete(null);
        assertThat(settling.acknowledged()).hasSize(1);
    }
}
