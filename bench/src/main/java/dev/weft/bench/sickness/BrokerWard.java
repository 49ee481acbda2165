package dev.weft.bench.sickness;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.BrokerSickness;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.ServiceHealth;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.Closing;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** One broker and what it suffers. */
final class BrokerWard {

    private final TrialSetting setting;
    private final LaunchedWeft weft;
    private final WeftApi api;
    private final BrokerNode broker;
    private final ServiceHealth health;
    private final FlowLedger steady;
    private final List<FlowLedger> fresh = new ArrayList<>();
    private final List<FlowLedger> stopped = new ArrayList<>();

    BrokerWard(
            TrialSetting setting,
            LaunchedWeft weft,
            WeftApi api,
            BrokerNode broker,
            ServiceHealth health,
            FlowLedger steady) {
        this.setting = setting;
        this.weft = weft;
        this.api = api;
        this.broker = broker;
        this.health = health;
        this.steady = steady;
    }

    void suffer(BrokerSickness sickness) throws IOException, InterruptedException {
        var seconds = setting.options().number("seconds", 20);
        var another = FlowLedger.create(api, FaultFlow.CHAIN, sickness.label(), Duration.ZERO, 5, 5);
        fresh.add(another);
        var unwanted = FlowLedger.create(api, FaultFlow.CHAIN, "unwanted", Duration.ZERO, 1, 1);
        stopped.add(unwanted);
        api.start(unwanted.flow());
        var watch = new SicknessWatch(setting, weft, health, steady, sickness);
        sickness.begin(weft, broker, steady.flow());
        var begun = System.nanoTime();
        // Apart: an answer that does not come must not keep us from looking.
        var wishes = List.of(
                Thread.ofVirtual().start(() -> wish(another, "start")),
                Thread.ofVirtual().start(() -> wish(unwanted, "stop")));
        watch.look(begun + Duration.ofSeconds(seconds).toNanos());
        // This is asked while the broker is still sick.
        if (sickness.takesCommands()) {
            var statuses = List.of(api.status(another.flow()), api.status(unwanted.flow()));
            setting.verdict()
                    .check(
                            sickness.label() + ": a start and a stop come true meanwhile",
                            statuses.equals(List.of("active", "inactive")),
                            statuses.toString());
        }
        sickness.end(weft, broker, steady.flow());
        for (var wish : wishes) {
            wish.join();
        }
        watch.tell(seconds);
        new BrokerRecovery(setting.verdict(), api, health, sickness.label() + ": ").check(steady, another, unwanted);
    }

    /** What a person would do meanwhile; it may be refused. */
    private void wish(FlowLedger flow, String wish) {
        try {
            api.call("POST", "/v2/flows/" + flow.flow() + "/" + wish, "");
        } catch (IOException e) {
            setting.verdict().note("a " + wish + " meanwhile", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void check(Closing closing) throws IOException, InterruptedException {
        var active = new HashSet<String>();
        active.add(steady.flow());
        for (var flow : fresh) {
            closing.account(flow, Duration.ofMinutes(1));
            active.add(flow.flow());
            flow.close();
        }
        // They took no calls, so there are no books to close.
        stopped.forEach(FlowLedger::close);
        closing.queues(active);
        closing.health(weft.port());
    }
}
