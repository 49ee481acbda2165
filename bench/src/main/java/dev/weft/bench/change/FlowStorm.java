package dev.weft.bench.change;

import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The flows that are started and stopped. */
record FlowStorm(TrialSetting setting, WeftApi api, StormWishes wishes, List<FlowLedger> flows) {

    FlowStorm(TrialSetting setting, WeftApi api, List<FlowLedger> flows) {
        this(setting, api, new StormWishes(api), flows);
    }

    void rage() throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var answers = new ConcurrentHashMap<String, Integer>();
        var left = new AtomicInteger(setting.options().number("pairs", 500));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (var flow : flows) {
                // Each flow has a source of chance of its own, drawn in order: threads that shared one would draw
                // in another order each time, and the seed would repeat nothing.
                var random = new Random(setting.random().nextLong());
                all.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        pair(flow.flow(), random, answers);
                    }
                    return null;
                }));
            }
            for (var one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
        setting.verdict()
                .note(
                        "pairs of start and stop",
                        "%d in %d s, answered %s"
                                .formatted(
                                        setting.options().number("pairs", 500),
                                        (System.nanoTime() - begun) / 1_000_000_000,
                                        new TreeMap<>(answers)));
    }

    private void pair(String flow, Random random, Map<String, Integer> answers)
            throws IOException, InterruptedException {
        wishes.come(flow, "start", answers);
        Thread.sleep(random.nextInt(setting.options().number("gap", 20) + 1));
        wishes.come(flow, "stop", answers);
    }

    void calm() throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var restless = wishes.await("inactive", flows);
        setting.verdict().checkNone("stopped flows that do not become inactive", restless);
        setting.verdict().note("s until all are inactive", Long.toString((System.nanoTime() - begun) / 1_000_000_000));
    }

    /** Starts the flows, and one that there was not before, and calls them; those that became active. */
    List<FlowLedger> calledAgain(FlowLedger fresh) throws IOException, InterruptedException {
        var all = new ArrayList<>(flows);
        all.add(fresh);
        for (var flow : all) {
            wishes.come(flow.flow(), "start", new ConcurrentHashMap<>());
        }
        setting.verdict()
                .checkNone("flows, old and new, that do not start after the storm", wishes.await("active", all));
        var active = new ArrayList<FlowLedger>();
        for (var flow : all) {
            if (api.status(flow.flow()).equals("active")) {
                active.add(flow);
                if (flow.kind().isCalled()) {
                    flow.begin(Duration.ofSeconds(60));
                }
            }
        }
        var mute = new ArrayList<String>();
        for (var flow : active) {
            flow.join();
            if (flow.kind().isCalled()
                    && flow.accepted().size() < flow.calls().book().count()) {
                mute.add(flow.kind().label() + " " + flow.flow() + " "
                        + flow.calls().book().answers());
            }
        }
        setting.verdict().checkNone("active flows that do not answer", mute);
        return active;
    }

    /** Stops half of what is active, so that queues of both kinds are there to look at. */
    void end(HashSet<String> active) throws IOException, InterruptedException {
        for (var i = 0; i < flows.size(); i += 2) {
            var flow = flows.get(i).flow();
            if (active.remove(flow)) {
                wishes.patience().run(() -> api.stop(flow));
            }
        }
    }

    void close() {
        flows.forEach(FlowLedger::close);
    }
}
