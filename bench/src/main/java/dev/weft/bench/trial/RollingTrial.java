package dev.weft.bench.trial;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Projections;
import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.ReplicaProcesses;
import dev.weft.bench.launch.SuiteService;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two processes of execution-service are asked to end and started again by turns, {@code --restarts=10} times, while
 * {@code --flows=20} flows take {@code --rate=100} calls a second and two more are {@code --deep=200} calls behind.
 */
final class RollingTrial implements Trial {

    private static final Duration START = Duration.ofMinutes(15);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final Duration SPREAD = Duration.ofSeconds(60);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration WORK = Duration.ofMillis(20);
    /** Of all steps, for each of two processes; half of them would be even. */
    private static final double SHARE = 0.2;

    private static final int LONGEST_SECONDS = 2400;

    @Override
    public List<String> modules() {
        return Stream.concat(
                        Stream.of("embedded-store"),
                        Arrays.stream(SuiteService.values()).map(SuiteService::module))
                .toList();
    }

    @Override
    public int minutes() {
        return 35;
    }

    @Override
    public void run(TrialSetting setting) throws Exception {
        var servers = setting.place().weft(Map.of());
        servers.run("servers");
        try (var processes = new ReplicaProcesses(
                        setting.place().tree(), servers, setting.place().port());
                var store = MongoClients.create(processes.setting("WEFT_MONGODB_URI"))) {
            startAll(processes);
            var flows = flows(setting, new WeftApi(servers.credentials(), processes.gateway(1)));
            try (var suspects = new SuspectWatch(store)) {
                var rolling = new Rolling(setting, processes);
                for (var i = 0; i < setting.options().number("restarts", 10); i++) {
                    rolling.restart(1 + i % 2);
                }
                setting.verdict().checkNone("messages that an orderly restart made suspects", suspects.seen());
            }
            close(setting, servers, flows);
        }
        servers.run("down");
    }

    private static void startAll(ReplicaProcesses processes) throws IOException, InterruptedException {
        processes.start(SuiteService.EXECUTION, 1);
        processes.awaitReady(SuiteService.EXECUTION, 1, START);
        // Leaves what makes later starts quicker, which takes a while that is no part of an orderly end.
        processes.stop(SuiteService.EXECUTION, 1, START);
        for (var service : SuiteService.values()) {
            processes.start(service, 1);
        }
        for (var service : SuiteService.values()) {
            processes.awaitReady(service, 1, START);
        }
        processes.start(SuiteService.EXECUTION, 2);
        processes.awaitReady(SuiteService.EXECUTION, 2, START);
    }

    /** Active and called. */
    private static List<FlowLedger> flows(TrialSetting setting, WeftApi api) throws IOException, InterruptedException {
        var options = setting.options();
        var many = options.number("flows", 20);
        var rate = Math.max(1, options.number("rate", 100) / many);
        var flows = new ArrayList<FlowLedger>();
        for (var i = 0; i < many; i++) {
            flows.add(FlowLedger.create(api, FaultFlow.PLAIN, "rolling " + i, WORK, rate * LONGEST_SECONDS, rate));
        }
        var deep = options.number("deep", 200);
        for (var i = 0; i < 2; i++) {
            flows.add(FlowLedger.create(api, FaultFlow.ORDERED, "deep " + i, Duration.ofMillis(500), deep, 50));
        }
        for (var flow : flows) {
            api.start(flow.flow());
            flow.begin(Duration.ofSeconds(LONGEST_SECONDS));
        }
        return flows;
    }

    private static void close(TrialSetting setting, LaunchedWeft servers, List<FlowLedger> flows)
            throws IOException, InterruptedException {
        var closing = new Closing(new BrokerNode(servers), setting.verdict());
        for (var flow : flows) {
            flow.finish();
        }
        for (var flow : flows) {
            closing.account(flow, Duration.ofMinutes(3));
            flow.close();
        }
        closing.queues(flows.stream().map(FlowLedger::flow).collect(Collectors.toSet()));
        closing.health(setting.place().port());
    }

    /** The restarts. */
    private record Rolling(TrialSetting setting, ReplicaProcesses processes) {

        void restart(int replica) throws IOException, InterruptedException {
            var begun = System.nanoTime();
            var orderly = processes.stop(SuiteService.EXECUTION, replica, STOP);
            var stopped = seconds(begun);
            processes.start(SuiteService.EXECUTION, replica);
            processes.awaitReady(SuiteService.EXECUTION, replica, START);
            var ready = System.nanoTime();
            var up = seconds(begun);
            var shares = shares();
            // One window may say little: a queue that is being handed over rests, so the question is asked until it is
            // answered well.
            while (!isSpread(shares) && System.nanoTime() - ready < SPREAD.toNanos()) {
                shares = shares();
            }
            setting.verdict()
                    .check(
                            "execution-" + replica + " restarted, load over both within a minute",
                            orderly && isSpread(shares),
                            String.format(
                                    Locale.ROOT,
                                    "stopped after %.1f s%s, ready after %.1f, spread %.1f later: %s steps in %d s",
                                    stopped,
                                    orderly ? "" : " by a kill",
                                    up,
                                    seconds(ready),
                                    shares,
                                    WINDOW.toSeconds()));
        }

        private static double seconds(long since) {
            return (System.nanoTime() - since) / 1e9;
        }

        private static boolean isSpread(List<Long> shares) {
            var all = shares.stream().mapToLong(Long::longValue).sum();
            // Where nothing was done nothing is spread.
            return all > 0 && shares.stream().allMatch(share -> share >= all * SHARE);
        }

        /** Steps done by each within some seconds from now on. */
        private List<Long> shares() throws IOException, InterruptedException {
            var first = steps(1);
            var second = steps(2);
            Thread.sleep(WINDOW);
            return List.of(steps(1) - first, steps(2) - second);
        }

        private long steps(int replica) throws IOException, InterruptedException {
            return new Patience(SPREAD)
                    .apply(() -> (long) processes.meter(SuiteService.EXECUTION, replica, "weft_steps_seconds_count"));
        }
    }

    /** Looks all the time for messages that were noted as suspects: they are noted for as long as they are worked on. */
    private static final class SuspectWatch implements AutoCloseable {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final MongoClient store;
        private final Thread thread;

        SuspectWatch(MongoClient store) {
            this.store = store;
            this.thread = Thread.ofVirtual().start(this::watch);
        }

        private void watch() {
            var suspects = store.getDatabase("weft_execution").getCollection("suspects");
            try {
                while (true) {
                    for (var suspect : suspects.find().projection(Projections.include("_id"))) {
                        seen.add(String.valueOf(suspect.get("_id")));
                    }
                    Thread.sleep(10);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        Set<String> seen() {
            return seen;
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
