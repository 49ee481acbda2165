package dev.weft.bench.faults;

import dev.weft.bench.ledger.SinkEffect;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How long effects were held up by the death of a part. */
record FaultTimes(List<SinkEffect> effects, long death) {

    /** Until the first effect of a call that began after it. */
    Duration again(Set<String> later) {
        return effects.stream()
                .filter(effect -> effect.at() > death && later.contains(effect.id()))
                .findFirst()
                .map(effect -> Duration.ofNanos(effect.at() - death))
                .orElseThrow(() -> new IllegalStateException(
                        "Every call was over when the part was dead: a third of --calls must take longer."));
    }

    /** The longest time without any effect. */
    Duration silence() {
        var longest = 0L;
        var last = death;
        for (var effect : effects) {
            if (effect.at() > death) {
                longest = Math.max(longest, effect.at() - last);
                last = effect.at();
            }
        }
        return Duration.ofNanos(longest);
    }
}
