package dev.weft.bench.ledger;

import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A flow with a sink of its own, the calls of it, and what has become of them. */
public final class FlowLedger implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(2);
    /** Counting thousands, or listing them page by page, is work that the installation should have the processors for. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final WeftApi api;
    private final FaultFlow kind;
    private final String flow;
    private final EffectSink sink;
    private final SteadyCalls calls;
    private @Nullable Future<?> under;

    private FlowLedger(WeftApi api, FaultFlow kind, String flow, EffectSink sink, SteadyCalls calls) {
        this.api = api;
        this.kind = kind;
        this.flow = flow;
        this.sink = sink;
        this.calls = calls;
    }

    /**
     * Creates the flow; it is not active yet.
     *
     * @param work how long the sink takes for a call
     * @param most of its calls
     * @param rate of its calls, a second
     */
    public static FlowLedger create(WeftApi api, FaultFlow kind, String name, Duration work, int most, int rate)
            throws IOException, InterruptedException {
        var sink = new EffectSink(work);
        var flow = new Patience(PATIENCE)
                .apply(() -> api.createFlow(name, kind.nodes(sink.url()), kind.edges(), kind.more()));
        var calls = new SteadyCalls(api.base().resolve("/hook/" + flow), kind::body, most, rate);
        return new FlowLedger(api, kind, flow, sink, calls);
    }

    public String flow() {
        return flow;
    }

    public FaultFlow kind() {
        return kind;
    }

    public EffectSink sink() {
        return sink;
    }

    public SteadyCalls calls() {
        return calls;
    }

    /** Begins the calls and returns. */
    public void begin(Duration patience) {
        under = calls.start(patience);
    }

    /** Until each of the calls is answered 200, or the patience given for them is over. */
    public void join() throws IOException, InterruptedException {
        if (under != null) {
            SteadyCalls.join(under);
        }
    }

    /** No new calls; returns when those that have begun are answered. */
    public void finish() throws IOException, InterruptedException {
        calls.finish();
        join();
    }

    /** Numbers of the calls that were answered 200. */
    public List<Integer> accepted() {
        var accepted = new ArrayList<Integer>();
        for (var call = 0; call < calls.begun(); call++) {
            if (calls.book().isAcknowledged(call)) {
                accepted.add(call);
            }
        }
        return accepted;
    }

    public CallAccount account() {
        var promised = new ArrayList<String>();
        accepted().forEach(call -> promised.addAll(kind.effects(call)));
        return CallAccount.of(promised, made(), sink.effects());
    }

    private Map<String, Integer> made() {
        var made = new HashMap<String, Integer>();
        for (var call = 0; call < calls.begun(); call++) {
            for (var effect : kind.effects(call)) {
                made.put(effect, calls.book().made(call));
            }
        }
        return made;
    }

    /** When all that was promised has arrived and nothing comes any more, so that late repeats count too; at most so long. */
    public CallAccount awaitArrivals(Duration patience) throws IOException, InterruptedException {
        return new Patience(patience, LOOK).until(account -> account.lost().isEmpty() && isQuiet(), this::account);
    }

    private boolean isQuiet() {
        var effects = sink.effects();
        return effects.isEmpty() || System.nanoTime() - effects.getLast().at() > QUIET.toNanos();
    }

    /** Accepted calls without an execution that has ended, and executions of the flow that run on; at most so long. */
    public Collection<String> awaitEnds(Duration patience) throws IOException, InterruptedException {
        var accepted = accepted().stream().map(calls.book()::execution).toList();
        return new Patience(patience, LOOK).until(Collection::isEmpty, () -> {
            var executions = Executions.of(api, flow);
            var open = new ArrayList<>(executions.unended(accepted));
            // Executions of calls that were not accepted have to end as well: nothing may run for ever.
            executions.running().stream().filter(id -> !open.contains(id)).forEach(open::add);
            return open;
        });
    }

    @Override
    public void close() {
        calls.close();
        sink.close();
    }
}
