package dev.weft.bench.faults;

import dev.weft.bench.faults.EffectSink.Effect;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a fault did to the calls that were under way.
 *
 * @param promised effects of acknowledged calls
 * @param arrived different effects that the sink saw
 * @param lost promised and not arrived
 * @param repeated arrivals under a key that had arrived before
 * @param otherKey arrivals under one key more than there were calls for: what may not be
 * @param up how long the launcher took until all parts were ready again
 * @param again from the death of the part to the first effect of a call that began after it; of a timer: how late the
 *     firing came that was due at the death
 * @param silence the longest time from the death on without any effect of calls
 */
record FaultOutcome(
        int promised,
        int arrived,
        int lost,
        int repeated,
        int otherKey,
        Duration up,
        Duration again,
        Duration silence) {

    static final String HEADING =
            "| killed | flow | promised | arrived | lost | repeated | other key | up s | again s | silence s |";

    static FaultOutcome of(
            Collection<String> promised,
            Map<String, Integer> made,
            List<Effect> effects,
            Duration up,
            Duration again,
            Duration silence) {
        var keys = new HashMap<String, Set<String>>();
        for (var effect : effects) {
            keys.computeIfAbsent(effect.id(), _ -> new HashSet<>()).add(effect.key());
        }
        var lost = (int)
                promised.stream().filter(effect -> !keys.containsKey(effect)).count();
        var distinct = keys.values().stream().mapToInt(Set::size).sum();
        // A call that was answered by an error and made again is another call, with a key of its own.
        var otherKey = keys.entrySet().stream()
                .mapToInt(effect -> Math.max(0, effect.getValue().size() - made.getOrDefault(effect.getKey(), 0)))
                .sum();
        return new FaultOutcome(
                promised.size(), keys.size(), lost, effects.size() - distinct, otherKey, up, again, silence);
    }

    boolean keepsThePromise() {
        return lost == 0 && otherKey == 0;
    }

    String row(FaultKind fault, FaultFlow flow) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %d | %.1f | %.1f | %.1f |",
                fault.name().toLowerCase(Locale.ROOT),
                flow.label(),
                promised,
                arrived,
                lost,
                repeated,
                otherKey,
                up.toMillis() / 1e3,
                again.toMillis() / 1e3,
                silence.toMillis() / 1e3);
    }
}
