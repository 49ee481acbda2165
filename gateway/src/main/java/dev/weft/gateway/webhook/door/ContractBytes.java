package dev.weft.gateway.webhook.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.broker.ContractBacklogs;
import dev.weft.common.broker.SentBytes;
import dev.weft.common.duty.RareLines;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.flowmessage.HookDoor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the messages that wait in all queues of a contract weigh more than they may together: as execution-services
 * tell ({@code contract.backlog}, twice a second while much may wait), with what this instance has let in that waits
 * still, and what it has let in since. Each instance knows the weight of its own calls only.
 */
final class ContractBytes {

    private static final Logger log = LoggerFactory.getLogger(ContractBytes.class);
    private static final RareLines LINES = new RareLines(log);

    private static final int MOST_RUNS = 10_000;
    /** Contracts, above which old words are looked for. */
    private static final int MANY = 1000;
    /** Of a run that is called no more, and of which nothing waits. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** As it was when the last word was heard. */
    private record Sum(long bytes, long at, LongAdder accepted) {

        long now() {
            return bytes + accepted.sum();
        }
    }

    private final Clock clock;
    private final long most;
    private final ContractBacklogs words;
    private final ConcurrentHashMap<String, Sum> sums = new ConcurrentHashMap<>();
    private final Cache<String, SentBytes> letIn = Caffeine.newBuilder()
            .maximumSize(MOST_RUNS)
            .expireAfterAccess(REMEMBERED)
            .build();

    /** @param most bytes; 0: no limit */
    ContractBytes(Clock clock, long most, MeterRegistry meters) {
        this.clock = clock;
        this.most = most;
        this.words = new ContractBacklogs(clock);
        Gauge.builder("weft.door.contracts.full", this::full).register(meters);
    }

    private long full() {
        return sums.values().stream()
                .filter(sum -> isFresh(sum) && sum.now() >= most)
                .count();
    }

    private boolean isFresh(Sum sum) {
        return ContractBacklogs.isFresh(sum.at(), clock);
    }

    /** Of the contract that is the subject; see {@link ContractBacklogs.Word}. */
    void heard(DomainEvent fact) {
        var word = ContractBacklogs.Word.read(fact.payload());
        if (most == 0) {
            return;
        }
        var contract = fact.subjectId();
        words.hear(contract, word);
        var bytes = words.bytes(contract, this::letIn);
        if (sums.size() >= MANY) {
            sums.values().removeIf(sum -> !isFresh(sum));
        }
        if (bytes == 0) {
            sums.remove(contract);
            return;
        }
        // The word includes calls accepted before it, so their count starts again at zero.
        sums.put(contract, new Sum(bytes, clock.millis(), new LongAdder()));
        if (bytes >= most) {
            LINES.warn(
                    "A contract has more waiting than it may, so its webhooks answer 429",
                    contract + ", " + bytes + " bytes");
        }
    }

    private long letIn(String run, long messages) {
        var sent = letIn.getIfPresent(run);
        return sent == null ? 0 : sent.ofLast(messages);
    }

    boolean isFull(HookDoor door) {
        if (sums.isEmpty() || door.contractId() == null) {
            return false;
        }
        var sum = sums.get(door.contractId());
        return sum != null && sum.now() >= most && isFresh(sum);
    }

    /** A call is on its way into the flow's queue; should it not get there, it counts until the next word. */
    void accepted(HookDoor door, long bytes) {
        var sum = sums.isEmpty() || door.contractId() == null ? null : sums.get(door.contractId());
        if (sum != null) {
            sum.accepted().add(bytes + SentBytes.OVERHEAD);
        }
    }

    /** It is there: what a full queue refuses must not hide what fills it. */
    void arrived(HookDoor door, long bytes) {
        if (most > 0) {
            letIn.get(door.runId(), _ -> new SentBytes()).add(bytes);
        }
    }
}
