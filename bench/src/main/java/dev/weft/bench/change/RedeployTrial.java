package dev.weft.bench.change;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.Trial;
import dev.weft.bench.trial.TrialSetting;
import java.time.Duration;
import java.util.Map;

/**
 * A new version of a flow that is far behind: webhook to {@code http:request}, one call of the sink at a time, each of
 * {@code --work=2000} ms; {@code --calls=400} are accepted, the graph changes when nearly all are, and standalone dies
 * {@code --kills=3} times while the old version works on.
 */
public final class RedeployTrial implements Trial {

    private static final int RATE = 100;

    @Override
    public int minutes() {
        return 30;
    }

    @Override
    public void run(TrialSetting setting) throws Exception {
        var weft = setting.standalone(Map.of());
        var api = new WeftApi(weft.credentials());
        var calls = setting.options().number("calls", 400);
        var work = Duration.ofMillis(setting.options().number("work", 2000));
        try (var ledger = FlowLedger.create(api, FaultFlow.ORDERED, "redeploy", work, calls, RATE)) {
            var run = new Redeployment(setting, weft, api, new BrokerNode(weft), ledger);
            run.deploy(calls);
            run.await(work.multipliedBy(calls));
            run.close();
        }
        weft.run("down");
    }
}
