package dev.weft.bench.faults;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.CallAccount;
import dev.weft.bench.ledger.EffectSink;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.ledger.SteadyCalls;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One part dies once while a flow of one kind is called: {@code calls} at {@code rate} a second, a third before it dies. */
record FaultCell(LaunchedWeft weft, WeftApi api, FaultKind fault, FaultFlow flow, int calls, int rate) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Empty when there was nothing to kill. */
    Optional<FaultOutcome> run() throws IOException, InterruptedException {
        try (var sink = new EffectSink()) {
            var patience = new Patience(PATIENCE);
            var id = patience.apply(() -> {
                var made = api.createFlow(fault + " under " + flow, flow.nodes(sink.url()), flow.edges(), flow.more());
                api.start(made);
                return made;
            });
            try {
                return flow == FaultFlow.TIMER ? new FiringCell(weft, fault, sink).run() : underCalls(sink, id);
            } finally {
                // What the fault broke of the API (connections, remembered permissions) may take some seconds to come
                // back.
                patience.run(() -> api.stop(id));
            }
        }
    }

    private Optional<FaultOutcome> underCalls(EffectSink sink, String id) throws IOException, InterruptedException {
        try (var load = new SteadyCalls(api.base().resolve("/hook/" + id), flow::body, calls, rate)) {
            var under = load.begin(PATIENCE);
            awaitFirst(sink);
            var struck = fault.strike(weft);
            // Strike returns when the part is dead, so the times are counted from its death.
            var death = System.nanoTime();
            fault.mend(weft);
            var up = Duration.ofNanos(System.nanoTime() - death);
            SteadyCalls.join(under);
            var promised = promised(load);
            awaitAll(sink, promised);
            var effects = sink.effects();
            var times = new FaultTimes(effects, death);
            var again = times.again(effectsBegunAfter(load, death));
            var outcome = new FaultOutcome(CallAccount.of(promised, made(load), effects), up, again, times.silence());
            // Where there was nothing to kill the calls prove nothing of a death.
            return struck ? Optional.of(outcome) : Optional.empty();
        }
    }

    /** Else what dies might not have begun: a sandbox worker takes a while to start. */
    private static void awaitFirst(EffectSink sink) throws InterruptedException, IOException {
        for (var end = System.nanoTime() + PATIENCE.toNanos(); sink.effects().isEmpty(); Thread.sleep(5)) {
            if (System.nanoTime() > end) {
                throw new IOException("Nothing arrived before anything was killed.");
            }
        }
    }

    private List<String> promised(SteadyCalls load) throws IOException {
        var promised = new ArrayList<String>();
        for (var call = 0; call < load.book().count(); call++) {
            if (!load.book().isAcknowledged(call)) {
                // Without an answer there is no promise, and the row would prove less than it says.
                throw new IOException("Call " + call + " was not acknowledged within " + PATIENCE + ".");
            }
            promised.addAll(flow.effects(call));
        }
        return promised;
    }

    private Map<String, Integer> made(SteadyCalls load) {
        var made = new HashMap<String, Integer>();
        for (var call = 0; call < load.book().count(); call++) {
            for (var effect : flow.effects(call)) {
                made.put(effect, load.book().made(call));
            }
        }
        return made;
    }

    /** Until all have arrived and nothing comes any more, so that late repeats count too; at most the patience. */
    private static void awaitAll(EffectSink sink, List<String> promised) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var seen = new HashSet<String>();
        for (var effects = sink.effects(); System.nanoTime() < end; effects = sink.effects()) {
            effects.forEach(effect -> seen.add(effect.id()));
            if (seen.containsAll(promised)
                    && System.nanoTime() - effects.getLast().at() > QUIET.toNanos()) {
                return;
            }
            Thread.sleep(100);
        }
    }

    private Set<String> effectsBegunAfter(SteadyCalls load, long death) {
        var later = new HashSet<String>();
        for (var call = 0; call < load.book().count(); call++) {
            if (load.book().beganAfter(call, death)) {
                later.addAll(flow.effects(call));
            }
        }
        return later;
    }
}
