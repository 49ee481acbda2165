package dev.weft.gateway.webhook.reply;

import com.rabbitmq.client.Connection;
import dev.weft.common.broker.OwnQueue;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.id.Ids;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Callers that wait for their flow's reply, and this instance's exclusive queue of replies. The first reply of an
 * execution counts; one that nobody waits for is dropped. A caller is told when its execution ends without a reply.
 */
public final class ReplyPlaces {

    /** For so long a reply that is under way may come after the word that its execution has ended. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** What ends a caller's wait. */
    public sealed interface Word {}

    /** A reply as it came, still encrypted. */
    public record Arrived(Map<String, Object> headers, byte[] body) implements Word {}

    /** The execution has ended without a reply. */
    public record Ended(String status) implements Word {}

    /** A caller's place; closed when the caller leaves, with a reply or without. */
    public final class Place implements AutoCloseable {
        private final String execution;
        private final String route;
        private final CompletableFuture<Word> word = new CompletableFuture<>();

        private Place(String execution, String route) {
            this.execution = execution;
            this.route = route;
        }

        /** The value of {@code reply_to}. */
        public String route() {
            return route;
        }

        /** Empty when none came in time. */
        public Optional<Word> await(Duration longest) throws InterruptedException {
            try {
                return Optional.of(word.get(longest.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        @Override
        public void close() {
            waiting.remove(execution);
        }
    }

    private final Ids ids;
    private final ConcurrentHashMap<String, Place> waiting = new ConcurrentHashMap<>();
    private volatile String instance;

    ReplyPlaces(Ids ids) {
        this.ids = ids;
        this.instance = ids.nextHex32();
    }

    public Place take(String execution) {
        var place = new Place(execution, FlowNames.reply(instance, execution));
        waiting.put(execution, place);
        return place;
    }

    public int waiting() {
        return waiting.size();
    }

    /** Declares the queue on a new connection, under its old name, so that replies on their way still find it. */
    public void listen(Connection connection, Runnable ended) throws IOException {
        try {
            OwnQueue.declare(connection, FlowNames.replies(instance), ended)
                    .consume((_, headers, body) -> arrived(headers, body));
        } catch (IOException e) {
            // The broker still holds the exclusive queue for the lost connection: replies to that name are lost, and
            // new calls get another name.
            instance = ids.nextHex32();
            throw e;
        }
    }

    private void arrived(Map<String, Object> headers, byte[] body) {
        var execution = headers.get(FlowHeaders.THREAD_ID);
        var place = execution == null ? null : waiting.get(execution.toString());
        if (place != null) {
            place.word.complete(new Arrived(headers, body));
        }
    }

    /** The fact {@code execution.ended}; most are of executions for which no one waits here. */
    void ended(DomainEvent fact) {
        var place = waiting.get(fact.subjectId());
        if (place == null || !place.route.equals(fact.payload().get("reply_to"))) {
            return;
        }
        var ended = new Ended(String.valueOf(fact.payload().get("status")));
        if (Boolean.TRUE.equals(fact.payload().get("late_answers"))) {
            CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> place.word.complete(ended));
        } else {
            place.word.complete(ended);
        }
    }
}
