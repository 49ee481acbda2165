package dev.weft.bench.change;

import com.mongodb.client.MongoClients;
import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.ReplicaProcesses;
import dev.weft.bench.launch.SuiteService;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.Closing;
import dev.weft.bench.trial.Trial;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two processes of execution-service are asked to end and started again by turns, {@code --restarts=10} times, while
 * {@code --flows=20} flows take {@code --rate=100} calls a second and two more are {@code --deep=200} calls behind.
 */
public final class RollingTrial implements Trial {

    private static final Duration START = Duration.ofMinutes(15);
    private static final Duration WORK = Duration.ofMillis(20);
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
                var rolling = new RollingRestarts(setting, processes);
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
        processes.startAll(1);
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
}
