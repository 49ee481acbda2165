package dev.weft.common.messaging;

import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What one process hears, whatever becomes of its connection and its handler. */
class InstanceSubscriptionIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final JsonMapper json = new JsonMapper();
    private final Ids ids = new Ids();
    private final Outbox outbox = new Outbox(ids, Clock.systemUTC(), json);
    private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean forgetfulFails;
    private BrokerRelay proxy;
    private InstanceSubscription subscription;

    private static String uri() {
        return Objects.requireNonNull(System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker");
    }

    @BeforeEach
    void subscribe() throws Exception {
        proxy = new BrokerRelay(uri());
        subscription = new InstanceQueue(new BrokerConnections(proxy.uri()), json, ids, "test")
                .subscribe(this::hear, this::forget, Fact.RUN_CHANGED);
        subscription.start();
        await().atMost(SOON).until(() -> isHeard("first"));
    }

    @AfterEach
    void end() throws Exception {
        subscription.stop();
        proxy.close();
    }

    private void hear(DomainEvent event) {
        heard.add(event.subjectId());
        if (event.subjectId().equals("deep")) {
            throw new StackOverflowError();
        }
        if (event.subjectId().equals("bad")) {
            throw new IllegalStateException("can not be applied");
        }
    }

    private void forget() {
        lost.incrementAndGet();
        if (forgetfulFails) {
            throw new IllegalStateException("can not forget");
        }
    }

    private void tell(String subject) throws Exception {
        var fact = outbox.event(Fact.RUN_CHANGED, 0, new Outbox.Place("t", null, null), subject, null, Map.of());
        try (var connection = new BrokerConnections(uri()).open("test");
                var channel = connection.createChannel()) {
            channel.exchangeDeclare(MessagingNames.EVENTS, "topic", true);
            channel.basicPublish(
                    MessagingNames.EVENTS, fact.key(), null, fact.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean isHeard(String subject) throws Exception {
        tell(subject);
        return heard.contains(subject);
    }

    @Test
    void goesOnAfterAnyFaultOfItsHandler() throws Exception {
        for (var fault : new String[] {"deep", "bad"}) {
            var before = lost.get();
            tell(fault);
            await().atMost(SOON).until(() -> lost.get() > before);
        }

        await().atMost(SOON).until(() -> isHeard("afterwards"));
    }

    @Test
    void goesOnThoughItsOwnerCanNotForget() throws Exception {
        forgetfulFails = true;
        proxy.goAway();
        proxy.comeBack();
        var before = lost.get();
        await().atMost(SOON).until(() -> lost.get() > before);
        forgetfulFails = false;

        await().atMost(SOON).until(() -> isHeard("afterwards"));
    }

    @Test
    void tellsThatFactsMayHaveBeenMissedWhenTheConnectionIsLost() throws Exception {
        var before = lost.get();

        proxy.goAway();
        await().atMost(SOON).until(() -> lost.get() > before);
        proxy.comeBack();

        await().atMost(SOON).until(() -> isHeard("afterwards"));
        await().atMost(SOON).until(() -> lost.get() >= before + 2);
    }
}
