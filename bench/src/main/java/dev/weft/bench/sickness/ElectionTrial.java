package dev.weft.bench.sickness;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.store.StoreProcess;
import dev.weft.bench.store.StoreProxy;
import dev.weft.bench.store.WriteFault;
import dev.weft.bench.trial.Closing;
import dev.weft.bench.trial.Trial;
import dev.weft.bench.trial.TrialSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * A store whose writes fail for {@code --seconds=10} in the middle of an update, a start or a stop of a flow, and of
 * steps: {@code --rounds=12}, each with one of the ways of {@link WriteFault} at an instant by chance.
 */
public final class ElectionTrial implements Trial {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LONGEST_SECONDS = 1800;
    private static final List<FaultFlow> CALLED =
            List.of(FaultFlow.PLAIN, FaultFlow.CHAIN, FaultFlow.SPLITTER, FaultFlow.HANDLER);

    @Override
    public int minutes() {
        return 20;
    }

    @Override
    public void run(TrialSetting setting) throws Exception {
        var jar = setting.place().tree().jar("embedded-store").toString();
        var file = setting.place().directory().resolve("election.store");
        try (var store = StoreProcess.start(List.of("-jar", jar), file);
                var proxy = new StoreProxy(store.port())) {
            var weft = setting.standalone(Map.of("WEFT_MONGODB_URI", proxy.uri()));
            run(setting, weft, proxy);
            weft.run("down");
        }
    }

    private static void run(TrialSetting setting, LaunchedWeft weft, StoreProxy proxy) throws Exception {
        var api = new WeftApi(weft.credentials());
        var flows = new ArrayList<FlowLedger>();
        for (var kind : CALLED) {
            var rate = setting.options().number("rate", 10);
            var flow = FlowLedger.create(api, kind, "election", Duration.ZERO, rate * LONGEST_SECONDS, rate);
            api.start(flow.flow());
            flow.begin(Duration.ofSeconds(LONGEST_SECONDS));
            flows.add(flow);
        }
        var elections = new StoreElections(setting, api, proxy, flows.getFirst());
        try (var turned = FlowLedger.create(api, FaultFlow.FANOUT, "turned", Duration.ZERO, 20, 10)) {
            for (var round = 0; round < setting.options().number("rounds", 12); round++) {
                elections.round(round, turned.flow());
            }
            // The last deed may have been a stop, and the books are closed by calls.
            if (!api.status(turned.flow()).equals("active")) {
                new Patience(PATIENCE).run(() -> api.start(turned.flow()));
            }
            turned.begin(PATIENCE);
            flows.add(turned);
            var active = new HashSet<String>();
            var closing = new Closing(new BrokerNode(weft), setting.verdict());
            for (var flow : flows) {
                flow.finish();
            }
            for (var flow : flows) {
                closing.account(flow, Duration.ofMinutes(2));
                active.add(flow.flow());
            }
            closing.queues(active);
            closing.health(weft.port());
        } finally {
            flows.forEach(FlowLedger::close);
        }
    }
}
