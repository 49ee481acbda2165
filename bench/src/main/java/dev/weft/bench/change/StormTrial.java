package dev.weft.bench.change;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.Closing;
import dev.weft.bench.trial.Trial;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * {@code --pairs=500} pairs of start and stop with 0 to {@code --gap=20} ms between them, on two flows of each kind at
 * once, while another flow takes {@code --rate=100} calls a second.
 */
public final class StormTrial implements Trial {

    private static final int FLOWS_OF_A_KIND = 2;
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
            var storm = new FlowStorm(setting, api, flows(api));
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

    private static void check(TrialSetting setting, LaunchedWeft weft, WeftApi api, FlowStorm storm, FlowLedger steady)
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
}
