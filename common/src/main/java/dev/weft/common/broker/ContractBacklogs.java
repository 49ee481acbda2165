package dev.weft.common.broker;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes wait in all queues of a contract together, by the words of all execution-services ({@code
 * contract.backlog}). The broker tells how many messages wait in a queue and not what they weigh. That is known to
 * those who have published them, and, after a restart of these, from what was taken from the same queue; the larger of
 * the two counts. A word counts for five seconds: one that is lost, or a process that is gone, keeps no contract out.
 */
public final class ContractBacklogs {

    private static final long KEPT_MS = Duration.ofSeconds(5).toMillis();
    private static final int MOST_CONTRACTS = 10_000;

    /**
     * What one process knows of the messages that wait at the broker in the queues of a run. Several processes may publish to
     * a queue, and take from it, and each takes its own messages for those that wait: together they know of more than
     * there are. Then each counts with its share.
     *
     * @param waiting    how many wait, as the broker says
     * @param sent       of how many it knows the weight since it has published them
     * @param sentBytes  that weight; it is a part of the word's {@code sent}
     * @param taken      of how many it knows it since it takes from their queues
     * @param takenBytes that weight; it is a part of the word's {@code taken}
     */
    public record Known(long waiting, long sent, long sentBytes, long taken, long takenBytes) {

        static @Nullable Known read(Object stored) {
            return stored instanceof List<?> numbers
                            && numbers.size() == 5
                            && numbers.stream().allMatch(Number.class::isInstance)
                    ? new Known(at(numbers, 0), at(numbers, 1), at(numbers, 2), at(numbers, 3), at(numbers, 4))
                    : null;
        }

        private static long at(List<?> numbers, int place) {
            return ((Number) numbers.get(place)).longValue();
        }

        List<Long> stored() {
            return List.of(waiting, sent, sentBytes, taken, takenBytes);
        }

        /** What both know; the one has asked the broker a moment later than the other. */
        public Known and(Known other) {
            return new Known(
                    Math.max(waiting, other.waiting),
                    sent + other.sent,
                    sentBytes + other.sentBytes,
                    taken + other.taken,
                    takenBytes + other.takenBytes);
        }

        long sentTwice() {
            return tooMuch(sent, sentBytes);
        }

        long takenTwice() {
            return tooMuch(taken, takenBytes);
        }

        private long tooMuch(long known, long bytes) {
            return known <= waiting ? 0 : (long) (bytes * (1 - (double) waiting / known));
        }
    }

    /**
     * What one process says of a contract: {@code {"teller","sent","taken","entries":{"<run>":20},"runs":{"<run>":[..]}}}.
     *
     * @param teller  the process, whose next word takes the place of this one
     * @param sent    bytes that wait, as far as the process has published them itself
     * @param taken   bytes that wait in queues from which it takes, if the others are like those that it was given
     * @param entries how many messages wait for the first step, by run: what they weigh is known to who let them in
     * @param runs    what it knows by run; an older release tells nothing of it
     */
    public record Word(String teller, long sent, long taken, Map<String, Long> entries, Map<String, Known> runs) {

        public Word(String teller, long sent, long taken, Map<String, Long> entries) {
            this(teller, sent, taken, entries, Map.of());
        }

        /** That nothing waits any more that would be worth a word. */
        public static Word nothing(String teller) {
            return new Word(teller, 0, 0, Map.of());
        }

        /** @throws IllegalArgumentException when it is none */
        public static Word read(Map<String, Object> payload) {
            if (!(payload.get("teller") instanceof String teller)
                    || !(payload.get("sent") instanceof Number sent)
                    || !(payload.get("taken") instanceof Number taken)
                    || !(payload.get("entries") instanceof Map<?, ?> entries)) {
                throw new IllegalArgumentException("A contract.backlog without teller, sent, taken or entries.");
            }
            var waiting = new HashMap<String, Long>();
            entries.forEach((run, count) -> {
                if (count instanceof Number number) {
                    waiting.put(String.valueOf(run), number.longValue());
                }
            });
            return new Word(teller, sent.longValue(), taken.longValue(), waiting, runs(payload.get("runs")));
        }

        private static Map<String, Known> runs(@Nullable Object stored) {
            var runs = new HashMap<String, Known>();
            if (stored instanceof Map<?, ?> byRun) {
                byRun.forEach((run, numbers) -> {
                    var known = Known.read(numbers);
                    if (known != null) {
                        runs.put(String.valueOf(run), known);
                    }
                });
            }
            return runs;
        }

        public Map<String, Object> payload() {
            var known = new HashMap<String, List<Long>>();
            runs.forEach((run, one) -> known.put(run, one.stored()));
            return Map.of("teller", teller, "sent", sent, "taken", taken, "entries", entries, "runs", known);
        }

        boolean isNothing() {
            return sent == 0 && taken == 0 && entries.isEmpty();
        }
    }

    private record Heard(Word word, long at) {}

    private final Clock clock;
    /** By contract, then by teller; the inner ones never change. */
    private final ConcurrentHashMap<String, Map<String, Heard>> words = new ConcurrentHashMap<>();

    public ContractBacklogs(Clock clock) {
        this.clock = clock;
    }

    public void hear(String contract, Word word) {
        if (words.size() >= MOST_CONTRACTS && !words.containsKey(contract)) {
            words.keySet().forEach(this::forgetOld);
            if (words.size() >= MOST_CONTRACTS) {
                return;
            }
        }
        words.compute(contract, (_, before) -> {
            var after = fresh(before);
            if (word.isNothing()) {
                after.remove(word.teller());
            } else {
                after.put(word.teller(), new Heard(word, clock.millis()));
            }
            return after.isEmpty() ? null : after;
        });
    }

    private void forgetOld(String contract) {
        words.computeIfPresent(contract, (_, before) -> {
            var after = fresh(before);
            return after.isEmpty() ? null : after;
        });
    }

    /** Whether what was told or found then still counts; a clock that was set back makes it old too. */
    public static boolean isFresh(long at, Clock clock) {
        return Math.abs(clock.millis() - at) <= KEPT_MS;
    }

    private Map<String, Heard> fresh(@Nullable Map<String, Heard> before) {
        var after = new HashMap<String, Heard>();
        if (before != null) {
            after.putAll(before);
            after.values().removeIf(heard -> !isFresh(heard.at(), clock));
        }
        return after;
    }

    /**
     * As they were told, and each message once; 0 of a contract of which nobody says anything.
     *
     * @param letIn what so many of the last messages weigh that this process has let into that run
     */
    public long bytes(String contract, ToLongBiFunction<String, Long> letIn) {
        var sent = 0L;
        var taken = 0L;
        var entries = new HashMap<String, Long>();
        var runs = new HashMap<String, Known>();
        for (var heard : fresh(words.get(contract)).values()) {
            sent += heard.word().sent();
            taken += heard.word().taken();
            heard.word().entries().forEach((run, count) -> entries.merge(run, count, Long::max));
            heard.word().runs().forEach((run, known) -> runs.merge(run, known, Known::and));
        }
        for (var known : runs.values()) {
            sent -= known.sentTwice();
            taken -= known.takenTwice();
        }
        for (var entry : entries.entrySet()) {
            sent += letIn.applyAsLong(entry.getKey(), entry.getValue());
        }
        return Math.max(sent, taken);
    }
}
