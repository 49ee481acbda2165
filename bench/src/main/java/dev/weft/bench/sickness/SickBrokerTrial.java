package dev.weft.bench.sickness;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.BrokerSickness;
import dev.weft.bench.launch.ServiceHealth;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.Closing;
import dev.weft.bench.trial.Trial;
import dev.weft.bench.trial.TrialSetting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A broker that lives and does not do its work, for {@code --seconds=20} in each of the ways of {@link BrokerSickness}
 * (or those of {@code --kinds=}), under {@code --rate=50} calls a second: no call is answered 200 and lost, webhooks say
 * 503 or wait, health says DOWN and why, and all goes on when the broker is well again. A flow is started and one is
 * stopped meanwhile: that comes true at once with a broker that is short of memory or disk, else when it is well again.
 */
public final class SickBrokerTrial implements Trial {

    private static final int LONGEST_SECONDS = 1800;

    @Override
    public int minutes() {
        return 20;
    }

    @Override
    public void run(TrialSetting setting) throws Exception {
        var weft = setting.standalone(Map.of());
        var api = new WeftApi(weft.credentials());
        var rate = setting.options().number("rate", 50);
        var closing = new Closing(new BrokerNode(weft), setting.verdict());
        try (var steady = FlowLedger.create(api, FaultFlow.PLAIN, "sick", Duration.ZERO, rate * LONGEST_SECONDS, rate);
                var health = new ServiceHealth(weft.port())) {
            api.start(steady.flow());
            steady.begin(Duration.ofSeconds(LONGEST_SECONDS));
            var ward = new BrokerWard(setting, weft, api, closing.broker(), health, steady);
            for (var sickness : chosen(setting)) {
                Thread.sleep(2000 + setting.random().nextInt(1000));
                ward.suffer(sickness);
            }
            steady.finish();
            closing.account(steady, Duration.ofMinutes(2));
            ward.check(closing);
        }
        setting.end(weft);
    }

    private static List<BrokerSickness> chosen(TrialSetting setting) {
        var names = setting.options().text("kinds", "");
        return Arrays.stream(BrokerSickness.values())
                .filter(kind -> names.isEmpty() || List.of(names.split(",", -1)).contains(kind.label()))
                .toList();
    }
}
