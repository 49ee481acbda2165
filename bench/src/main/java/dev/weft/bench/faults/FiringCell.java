package dev.weft.bench.faults;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.CallAccount;
import dev.weft.bench.ledger.EffectSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A part dies within a second of an instant at which a timer is due. That instant, the one before it and the one after
 * it must each fire once; what was in work may be called again, under the key of its firing.
 */
record FiringCell(LaunchedWeft weft, FaultKind fault, EffectSink sink) {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Empty when there was nothing to kill. */
    Optional<FaultOutcome> run() throws IOException, InterruptedException {
        var before =
                Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
        await(before);
        var due = before.plus(MINUTE);
        Thread.sleep(Duration.between(
                Instant.now(), due.plusMillis(ThreadLocalRandom.current().nextInt(-1000, 1000))));
        var struck = fault.strike(weft);
        var death = System.nanoTime();
        fault.mend(weft);
        var up = Duration.ofNanos(System.nanoTime() - death);
        var late = await(due);
        var after = due.plus(MINUTE);
        await(after);
        // A second firing of the same instant may come a little after the first, and is to be seen.
        Thread.sleep(QUIET);
        var effects = sink.effects();
        var once = new HashMap<String, Integer>();
        // A firing at an instant at which none is due is one too many.
        effects.forEach(effect -> once.put(effect.id(), isDue(effect.id()) ? 1 : 0));
        var promised = Stream.of(before, due, after).map(Instant::toString).toList();
        var outcome = new FaultOutcome(CallAccount.of(promised, once, effects), up, late, Duration.ZERO);
        return struck ? Optional.of(outcome) : Optional.empty();
    }

    private static boolean isDue(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.MINUTES).toString().equals(instant);
    }

    /** How late the firing came, if it did: what never came is counted as lost. */
    private Duration await(Instant due) throws InterruptedException {
        var patience = due.plus(MINUTE).plus(MINUTE);
        while (Instant.now().isBefore(patience)) {
            for (var effect : sink.effects()) {
                if (effect.id().equals(due.toString())) {
                    return Duration.between(due, effect.clock());
                }
            }
            Thread.sleep(100);
        }
        return Duration.between(due, patience);
    }
}
