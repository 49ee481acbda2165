package dev.weft.execution.settling;

import dev.weft.common.messaging.DeadMessages;
import dev.weft.common.messaging.MessagingNames;
import dev.weft.execution.queue.Deaths;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.settling.PublishOrder.DeliverySource;
import dev.weft.execution.snapshot.WaitingSnapshot;
import java.time.Clock;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that must be safe before a delivery is acknowledged: the messages published because of it, its record, and
 * last the snapshots of its steps. No thread waits: whichever part becomes safe last acknowledges. A publish that the
 * broker refuses is repeated while the delivery stays unacknowledged ({@link PublishOrder}); its queue rests meanwhile,
 * so the pressure reaches the sender.
 */
public final class ConfirmRound {

    private static final Logger log = LoggerFactory.getLogger(ConfirmRound.class);
    private static final int LONGEST_HEADER = 1000;

    private final FlowPublisher publisher;
    private final Delivery delivery;
    private final DeliverySource source;
    /** Begins at one, for the hop itself. */
    private final AtomicInteger open = new AtomicInteger(1);

    private final AtomicBoolean abandoned = new AtomicBoolean();
    private final AtomicBoolean laidAside = new AtomicBoolean();
    private final AtomicBoolean handedOver = new AtomicBoolean();
    private final AtomicBoolean refused = new AtomicBoolean();
    private final AtomicBoolean roomGiven = new AtomicBoolean();
    /** In the order in which steps have remembered them. */
    private final Queue<WaitingSnapshot> snapshots = new ConcurrentLinkedQueue<>();

    private final Consumer<Delivery> finished;
    private final Runnable ended;
    private final Clock clock;

    public ConfirmRound(FlowPublisher publisher, Delivery delivery, DeliverySource source, Clock clock) {
        this(publisher, delivery, source, clock, _ -> {}, () -> {});
    }

    /**
     * @param finished told of the delivery when it is acknowledged
     * @param ended    done once, when nothing of the delivery is held any more, or it waits for a full queue
     */
    public ConfirmRound(
            FlowPublisher publisher,
            Delivery delivery,
            DeliverySource source,
            Clock clock,
            Consumer<Delivery> finished,
            Runnable ended) {
        this.publisher = publisher;
        this.delivery = delivery;
        this.source = source;
        this.finished = finished;
        this.ended = ended;
        this.clock = clock;
    }

    /**
     * Publishes until it is safe.
     *
     * @param noQueue asked when there is no such queue
     */
    public void publish(FlowFrame frame, NoQueue noQueue) {
        open.incrementAndGet();
        // Counted before it is sent: the confirm comes on another thread and could otherwise end the round too early.
        source.order().publish(this, publisher, frame, noQueue);
    }

    /** False when all of it is done again, under the same effect keys: the broker has taken the delivery back. */
    public boolean isDue() {
        return delivery.isLive() && !abandoned.get();
    }

    /**
     * A record that must be durable; when it can never be, the delivery is laid aside for operators, who see the queue.
     */
    public void join(CompletableFuture<?> durable) {
        open.incrementAndGet();
        var _ = durable.whenComplete((_, refusal) -> {
            try {
                if (refusal != null && laidAside.compareAndSet(false, true)) {
                    // Laid aside before this part is done: the publish to the dead letters keeps the round open from
                    // here on.
                    layAside(refusal);
                }
                done();
            } catch (RuntimeException | Error e) {
                broken(e);
            }
        });
    }

    private void layAside(Throwable refusal) {
        log.error("A message of {} goes to {}: its record is refused", delivery.queue(), MessagingNames.DEAD, refusal);
        var headers = DeadMessages.headers(
                shortHeaders(), delivery.queue(), String.valueOf(refusal.getMessage()), clock.instant());
        publish(FlowFrame.to(MessagingNames.DEAD, headers, delivery.body()), _ -> false);
    }

    /** What came from the broker has room there; with words of ours it might have none. */
    private Map<String, Object> shortHeaders() {
        var headers = Deaths.removed(delivery.headers());
        headers.values().removeIf(value -> String.valueOf(value).length() > LONGEST_HEADER);
        return headers;
    }

    /** Somebody else has something to hand over too, and will call {@link #end}. */
    public void extend() {
        open.incrementAndGet();
    }

    /** The hop has handed over all it has. */
    public void end() {
        handedOver.set(true);
        giveRoomIfItWaits();
        done();
    }

    /**
     * A message of it is refused, and waits for the queue to be emptied. Whoever empties that queue may need the room which
     * this delivery has, and would wait for it as this one waits for the queue; what is kept of it meanwhile is bounded by
     * the hold on its own queue.
     */
    void mustWait() {
        refused.set(true);
        giveRoomIfItWaits();
    }

    private void giveRoomIfItWaits() {
        if (refused.get() && handedOver.get()) {
            giveRoom();
        }
    }

    private void giveRoom() {
        if (roomGiven.compareAndSet(false, true)) {
            ended.run();
        }
    }

    /** Something to remember: stored when all else is safe, and before the acknowledgement. */
    public void remember(WaitingSnapshot snapshot) {
        snapshots.add(snapshot);
        // The round may have been given up between add and this check, and its drop() would then have missed this
        // snapshot.
        if (abandoned.get()) {
            drop();
        }
    }

    /**
     * The hop has not come to its end and is travelled again: what it wanted to remember does not count, nor does what
     * becomes of what it has published. False when the round has given the delivery up itself, which settles it.
     */
    public boolean takeBack() {
        // The hop, a confirm and a record may each meet a fault at the same time, on threads of their own; only one of
        // them settles the delivery.
        if (!abandoned.compareAndSet(false, true)) {
            return false;
        }
        drop();
        giveRoom();
        return true;
    }

    private void drop() {
        for (var snapshot = snapshots.poll(); snapshot != null; snapshot = snapshots.poll()) {
            snapshot.drop();
        }
    }

    /** Something of it is safe. */
    void done() {
        // A round that was given up still counts its parts, but acknowledges nothing.
        if (open.decrementAndGet() == 0 && !abandoned.get()) {
            storeSnapshots();
        }
    }

    private void storeSnapshots() {
        var next = snapshots.poll();
        if (next == null) {
            // Marked as finished before the acknowledgement: if the connection breaks in between, the redelivered
            // message is recognized.
            if (!laidAside.get()) {
                // A message that was laid aside may be sent again later, and must then be worked on.
                finished.accept(delivery);
            }
            delivery.acknowledge();
            giveRoom();
            source.settled(delivery);
            return;
        }
        var _ = next.store(delivery::isLive).whenComplete((stored, _) -> {
            if (stored) {
                storeSnapshots();
            } else {
                abandon();
            }
        });
    }

    public void abandon() {
        if (takeBack()) {
            log.debug("A delivery of {} comes again", delivery.queue());
            source.settled(delivery);
        }
    }

    /** After a fault of ours: all of it is done again. */
    public void broken(Throwable fault) {
        log.error("What came of a delivery of {} can not be made safe; it is given back", delivery.queue(), fault);
        if (takeBack()) {
            source.giveBack(delivery);
        }
    }
}
