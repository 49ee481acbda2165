package dev.weft.bench.death;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.SuiteService;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.Closing;
import dev.weft.bench.trial.Trial;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code --rounds=200}: any part dies by {@code kill -9} at any moment, also while it or another one starts, under flows
 * of all kinds. With {@code --split=true} each service is a process of its own, with false all are one.
 */
public final class RandomKillTrial implements Trial {

    private static final Duration START = Duration.ofMinutes(15);
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final int LONGEST_SECONDS = 7200;

    @Override
    public List<String> modules() {
        return Stream.concat(
                        Stream.of("embedded-store", "standalone"),
                        Arrays.stream(SuiteService.values()).map(SuiteService::module))
                .toList();
    }

    @Override
    public int minutes() {
        return 90;
    }

    @Override
    public void run(TrialSetting setting) throws Exception {
        var split = Boolean.parseBoolean(setting.options().text("split", "true"));
        var parts = split ? new SplitParts(setting) : new JoinedParts(setting);
        try (parts) {
            parts.startAll();
            var api = new WeftApi(parts.weft().credentials(), parts.gateway());
            var flows = flows(setting, api);
            try {
                kill(setting, parts);
                close(setting, parts, api, flows);
            } finally {
                flows.forEach(FlowLedger::close);
            }
        }
        parts.weft().run("down");
    }

    /** Of each kind one, active and called; {@code --rate=5} calls a second of each. */
    private static List<FlowLedger> flows(TrialSetting setting, WeftApi api) throws IOException, InterruptedException {
        var rate = setting.options().number("rate", 5);
        var flows = new ArrayList<FlowLedger>();
        for (var kind : FaultFlow.values()) {
            var flow = FlowLedger.create(
                    api, kind, "kills " + kind.label(), Duration.ofMillis(20), rate * LONGEST_SECONDS, rate);
            api.start(flow.flow());
            if (kind.isCalled()) {
                flow.begin(Duration.ofSeconds(LONGEST_SECONDS));
            }
            flows.add(flow);
        }
        return flows;
    }

    private static void kill(TrialSetting setting, KilledParts parts) throws IOException, InterruptedException {
        var killed = new TreeMap<String, Integer>();
        var longest = setting.options().number("gap", 8000);
        for (var round = 0; round < setting.options().number("rounds", 200); round++) {
            Thread.sleep(setting.random().nextInt(longest));
            var victims = parts.names();
            var victim = victims.get(setting.random().nextInt(victims.size()));
            // It may be dead already, or still on its way up without a process: then there is nothing to mend either.
            if (parts.kill(victim)) {
                killed.merge(victim, 1, Integer::sum);
                // For up to a second nobody mends it: the others have to do without, and not only to bear its end.
                Thread.sleep(setting.random().nextInt(1000));
                parts.mend(victim);
            }
        }
        setting.verdict().note("killed", killed.toString());
    }

    private static void close(TrialSetting setting, KilledParts parts, WeftApi api, List<FlowLedger> flows)
            throws IOException, InterruptedException {
        var begun = System.nanoTime();
        parts.awaitAll(START);
        setting.verdict()
                .note("s until all are ready again", Long.toString((System.nanoTime() - begun) / 1_000_000_000));
        var closing = new Closing(new BrokerNode(parts.weft()), setting.verdict());
        for (var flow : flows) {
            flow.finish();
        }
        var active = new HashSet<String>();
        for (var flow : flows) {
            if (flow.kind().isCalled()) {
                closing.account(flow, RECOVERY);
                active.add(flow.flow());
            } else {
                TimerFirings.check(setting.verdict(), flow);
                setting.verdict().checkNone("executions of the timer that are running", flow.awaitEnds(RECOVERY));
                new Patience(RECOVERY).run(() -> api.stop(flow.flow()));
            }
        }
        closing.queues(active);
        closing.health(parts.weft().port());
    }
}
