package dev.weft.execution.budget;

import dev.weft.common.broker.ContractBacklogs;
import dev.weft.common.broker.ContractBacklogs.Word;
import dev.weft.common.broker.SentBytes;
import dev.weft.common.broker.WaitingBytes;
import dev.weft.common.id.Ids;
import dev.weft.execution.metrics.EngineMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bound on what waits in all queues of one contract together. Each queue has a limit of its own, but a contract may
 * have thousands of them. While a contract is above the bound its webhooks answer 429, and what its steps publish to a
 * queue in which something waits is refused here as by a full queue: the delivery stays unacknowledged, its queue
 * rests, and the publish is repeated. Queues from which nothing goes on are emptied meanwhile, then those before them,
 * so it ends. What is known is as old as the last look; when looks fail, nothing is refused after a few seconds.
 */
public final class BacklogRoom {

    private static final Logger log = LoggerFactory.getLogger(BacklogRoom.class);

    /** Of the bound: of less nobody is told. */
    private static final int FLOOR = 8;

    /** As it was found at the last look. */
    private record Refused(Set<String> queues, Set<String> contracts, long at) {}

    private final long most;
    private final ContractBacklogs words;
    private final String teller;
    private final Clock clock;
    private final ConcurrentHashMap<String, SentBytes> sent = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, WaitingBytes> later = new ConcurrentHashMap<>();
    /** The thread's alone that looks. */
    private final Set<String> told = new HashSet<>();

    private volatile Refused refused = new Refused(Set.of(), Set.of(), 0);

    public BacklogRoom(BacklogProperties settings, Ids ids, Clock clock, EngineMetrics metrics) {
        this.most = settings.bytesPerContract().toBytes();
        this.clock = clock;
        this.words = new ContractBacklogs(clock);
        this.teller = ids.nextHex32();
        metrics.fullContracts(() -> isFresh(refused) ? refused.contracts().size() : 0);
    }

    /** Whether something may be published to the queue now; asked at each publish. */
    public boolean takes(String queue) {
        var now = refused;
        return now.queues().isEmpty() || !now.queues().contains(queue) || !isFresh(now);
    }

    /** When looks fail, nothing is refused. */
    private boolean isFresh(Refused found) {
        return ContractBacklogs.isFresh(found.at(), clock);
    }

    /** The broker has a message for sure. */
    public void sent(String queue, long body) {
        if (most > 0) {
            // In one step, since what is empty is removed meanwhile.
            sent.compute(queue, (_, known) -> {
                var all = known == null ? new SentBytes() : known;
                all.add(body);
                return all;
            });
        }
    }

    /** The broker is about to be asked how many messages wait in them. */
    public void countBegins(Collection<String> queues) {
        for (var queue : queues) {
            var known = sent.get(queue);
            if (known != null) {
                known.mark();
            }
        }
    }

    /** The same of a message that waits first, and then comes to the queue. */
    public void comesLater(String queue, long body, Duration wait) {
        if (most > 0) {
            later.computeIfAbsent(queue, _ -> new WaitingBytes()).add(body, clock.millis() + wait.toMillis());
        }
    }

    /** What those weigh of this process that are still to come to the queue. */
    public long waitingFor(String queue) {
        var known = later.get(queue);
        return known == null ? 0 : known.at(clock.millis());
    }

    /**
     * What so many of the last messages weigh that this process has published to the queue.
     *
     * @param messages as many as waited in it when the broker counted, which was after {@link #countBegins}
     */
    public long ofLast(String queue, long messages) {
        if (messages == 0) {
            // All of it is taken. Kept, it would be counted again when others publish to the queue by then. But what
            // was
            // sent since the broker has counted waits there now.
            sent.computeIfPresent(queue, (_, known) -> known.keepSinceMark() ? known : null);
            return 0;
        }
        var known = sent.get(queue);
        return known == null ? 0 : known.ofLast(messages);
    }

    /** Of how many of so many messages {@link #ofLast} tells what they weigh. */
    public long knownOfLast(String queue, long messages) {
        var known = sent.get(queue);
        return known == null ? 0 : known.knownOfLast(messages);
    }

    /** Of others this process publishes to no more. */
    public void keepOnly(Set<String> queues) {
        sent.keySet().retainAll(queues);
        later.keySet().retainAll(queues);
    }

    /** Another process tells, or this one has. */
    public void hear(String contract, Word word) {
        if (most > 0) {
            words.hear(contract, word);
        }
    }

    /**
     * After a look of this process, by one thread at a time.
     *
     * @param found by contract
     * @return what the others are to be told, by contract
     */
    public Map<String, Word> decide(Map<String, ContractLook> found) {
        var toTell = new HashMap<String, Word>();
        if (most == 0) {
            return toTell;
        }
        var full = new HashSet<String>();
        var contracts = new HashSet<String>();
        for (var entry : found.entrySet()) {
            var contract = entry.getKey();
            var look = entry.getValue();
            var word = look.word(teller);
            words.hear(contract, word);
            var bytes = words.bytes(contract, (_, _) -> 0);
            if (bytes >= most) {
                full.addAll(look.filled());
                contracts.add(contract);
                if (!refused.contracts().contains(contract)) {
                    log.warn("Contract {} has more waiting than it may, {} bytes, so its steps wait", contract, bytes);
                }
            }
            if (look.mayReach(most / FLOOR)) {
                told.add(contract);
                toTell.put(contract, word);
            }
        }
        // Nothing more is said of these, so all must be told to forget them.
        told.removeIf(contract -> {
            if (toTell.containsKey(contract)) {
                return false;
            }
            toTell.put(contract, Word.nothing(teller));
            return true;
        });
        refused = new Refused(full, contracts, clock.millis());
        return toTell;
    }
}
