package dev.weft.bench.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What acknowledged calls promised, against what a sink saw.
 *
 * @param promised effects of acknowledged calls
 * @param arrived different effects that the sink saw
 * @param lost promised and not arrived
 * @param repeated arrivals under a key that had arrived before, which the promise allows
 * @param otherKey arrivals under one key more than there were calls for: what may not be
 */
public record CallAccount(int promised, int arrived, Set<String> lost, int repeated, int otherKey) {

    /** @param made how often each effect's call was made */
    public static CallAccount of(
            Collection<String> promised, Map<String, Integer> made, Collection<SinkEffect> effects) {
        var keys = new HashMap<String, Set<String>>();
        for (var effect : effects) {
            keys.computeIfAbsent(effect.id(), _ -> new HashSet<>()).add(effect.key());
        }
        // An effect that arrived without a promise is none too many: its call was accepted, and the answer lost on its
        // way.
        var lost = new LinkedHashSet<>(promised);
        lost.removeAll(keys.keySet());
        var distinct = keys.values().stream().mapToInt(Set::size).sum();
        // A call that was answered by an error and made again is another call, with a key of its own.
        var otherKey = keys.entrySet().stream()
                .mapToInt(effect -> Math.max(0, effect.getValue().size() - made.getOrDefault(effect.getKey(), 0)))
                .sum();
        return new CallAccount(promised.size(), keys.size(), lost, effects.size() - distinct, otherKey);
    }

    public boolean keepsThePromise() {
        return lost.isEmpty() && otherKey == 0;
    }
}
