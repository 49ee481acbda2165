package dev.weft.bench.trial;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.file.Files;
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

/**
 * {@code --pairs=500} pairs of start and stop with 0 to {@code --gap=20} ms between them, on two flows of each kind at
 * once, while another flow takes {@code --rate=100} calls a second.
 */
final class StormTrial implements Trial {

    private static final int FLOWS_OF_A_KIND = 2;
    /** For a flow to get where it is wished; one that can not be started is given up after a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private static final int LONGEST_SECONDS = 900;

    @Override
    public int minutes() {
        return 15;
    }

    @Override
    public void run(TrialSetting setting) throws Exception {
        var weft = setting.standalone(Map.of());
        var api = new WeftApi(weft.credentials());
        var rate = setting.options().number("rate", 100);
        try (var steady =
                FlowLedger.create(api, FaultFlow.PLAIN, "steady", Duration.ZERO, rate * LONGEST_SECONDS, rate)) {
            api.start(steady.flow());
            steady.begin(Duration.ofSeconds(LONGEST_SECONDS));
            var storm = new Storm(setting, api, flows(api));
            var log = weft.log("rabbitmq");
            var size = Files.size(log);
            storm.rage();
            storm.calm();
            setting.verdict().note("the broker's log has grown by", (Files.size(log) - size) / 1024 + " KiB");
            check(setting, weft, api, storm, steady);
            storm.close();
        }
        setting.end(weft);
    }

    private static List<FlowLedger> flows(WeftApi api) throws IOException, InterruptedException {
        var flows = new ArrayList<FlowLedger>();
        for (var kind : FaultFlow.values()) {
            for (var i = 0; i < FLOWS_OF_A_KIND; i++) {
                flows.add(FlowLedger.create(api, kind, "storm " + kind.label() + " " + i, Duration.ZERO, 3, 10));
            }
        }
        return flows;
    }

    private static void check(TrialSetting setting, LaunchedWeft weft, WeftApi api, Storm storm, FlowLedger steady)
            throws IOException, InterruptedException {
        var closing = new Closing(new BrokerNode(weft), setting.verdict());
        try (var fresh = FlowLedger.create(api, FaultFlow.CHAIN, "after the storm", Duration.ZERO, 20, 20)) {
            var active = new HashSet<String>();
            for (var flow : storm.calledAgain(fresh)) {
                active.add(flow.flow());
                if (flow.kind().isCalled()) {
                    closing.account(flow, Duration.ofSeconds(60));
                }
            }
            steady.finish();
            closing.account(steady, Duration.ofSeconds(60));
            active.add(steady.flow());
            storm.end(active);
            closing.queues(active);
            closing.health(weft.port());
        }
    }

    /** The flows that are started and stopped. */
    private record Storm(TrialSetting setting, WeftApi api, List<FlowLedger> flows) {

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
            new Patience(PATIENCE).run(() -> wish(flow, "start", answers));
            Thread.sleep(random.nextInt(setting.options().number("gap", 20) + 1));
            new Patience(PATIENCE).run(() -> wish(flow, "stop", answers));
        }

        /** A flow that is so already is as good as one that becomes it. */
        private void wish(String flow, String wish, Map<String, Integer> answers)
                throws IOException, InterruptedException {
            try {
                api.call("POST", "/v2/flows/" + flow + "/" + wish, "");
                answers.merge(wish + " 202", 1, Integer::sum);
            } catch (WeftApi.Refused e) {
                answers.merge(wish + " " + e.status(), 1, Integer::sum);
                // Another attempt, or the pair before, has made it so already.
                if (e.status() != 409) {
                    throw e;
                }
            }
        }

        void calm() throws IOException, InterruptedException {
            var begun = System.nanoTime();
            var restless = await("inactive", flows);
            setting.verdict().checkNone("stopped flows that do not become inactive", restless);
            setting.verdict()
                    .note("s until all are inactive", Long.toString((System.nanoTime() - begun) / 1_000_000_000));
        }

        /** Starts the flows, and one that there was not before, and calls them; those that became active. */
        List<FlowLedger> calledAgain(FlowLedger fresh) throws IOException, InterruptedException {
            var all = new ArrayList<>(flows);
            all.add(fresh);
            for (var flow : all) {
                new Patience(PATIENCE).run(() -> wish(flow.flow(), "start", new ConcurrentHashMap<>()));
            }
            setting.verdict().checkNone("flows, old and new, that do not start after the storm", await("active", all));
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
                        && flow.accepted().size() < flow.calls().count()) {
                    mute.add(flow.kind().label() + " " + flow.flow() + " "
                            + flow.calls().answers());
                }
            }
            setting.verdict().checkNone("active flows that do not answer", mute);
            return active;
        }

        /** Those that do not get there, all of them waited for at once. */
        private List<String> await(String wanted, List<FlowLedger> all) throws IOException, InterruptedException {
            return new Patience(PATIENCE).until(List::isEmpty, () -> {
                var others = new ArrayList<String>();
                for (var flow : all) {
                    var status = api.status(flow.flow());
                    if (!status.equals(wanted)) {
                        others.add(flow.kind().label() + " " + flow.flow() + " " + status);
                    }
                }
                return others;
            });
        }

        /** Stops half of what is active, so that queues of both kinds are there to look at. */
        void end(HashSet<String> active) throws IOException, InterruptedException {
            for (var i = 0; i < flows.size(); i += 2) {
                var flow = flows.get(i).flow();
                if (active.remove(flow)) {
                    new Patience(PATIENCE).run(() -> api.stop(flow));
                }
            }
        }

        void close() {
            flows.forEach(FlowLedger::close);
        }
    }
}
