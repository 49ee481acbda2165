package dev.weft.bench.change;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.CallAccount;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.Closing;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** One flow's change of versions. */
final class Redeployment {

    private static final Duration LOOK = Duration.ofSeconds(5);
    /** A replaced run is kept for 11 minutes, since gateways may know its door for 10; then come two looks at it. */
    private static final Duration DRAIN = Duration.ofMinutes(13);

    private final TrialSetting setting;
    private final LaunchedWeft weft;
    private final WeftApi api;
    private final BrokerNode broker;
    private final FlowLedger ledger;
    private Set<String> old = Set.of();
    private long changed;

    Redeployment(TrialSetting setting, LaunchedWeft weft, WeftApi api, BrokerNode broker, FlowLedger ledger) {
        this.setting = setting;
        this.weft = weft;
        this.api = api;
        this.broker = broker;
        this.ledger = ledger;
    }

    void deploy(int calls) throws IOException, InterruptedException {
        api.start(ledger.flow());
        old = broker.runsOf(ledger.flow());
        ledger.begin(Duration.ofMinutes(5));
        // The last calls come while the version changes, and have to be worked on by the one or the other.
        while (ledger.accepted().size() < calls * 0.95) {
            Thread.sleep(20);
        }
        var accepted = ledger.accepted().size();
        // It is another graph to the same sink, so that one ledger has the calls of both versions.
        var other = FaultFlow.PLAIN;
        api.change(ledger.flow(), other.nodes(ledger.sink().url()), other.edges());
        changed = System.nanoTime();
        ledger.join();
        setting.verdict()
                .note(
                        "accepted before the new version, and in all",
                        accepted + ", " + ledger.accepted().size());
    }

    /** Kills now and then, until all has arrived, or the old run is gone without. */
    void await(Duration workload) throws IOException, InterruptedException {
        var deaths = deaths(workload);
        // Each death costs a start, and what was in work is done again, so the work has three times its own time.
        var end = changed + workload.multipliedBy(3).plus(DRAIN).toNanos();
        while (System.nanoTime() < end) {
            if (!deaths.isEmpty() && System.nanoTime() > deaths.peek()) {
                deaths.remove();
                kill();
            }
            // In this order: what arrives between the two questions is no loss.
            var gone = isGone();
            var account = ledger.account();
            if (account.lost().isEmpty()) {
                setting.verdict().note("all arrived, s after the new version", seconds());
                return;
            }
            if (gone) {
                tellOfLoss(account);
                return;
            }
            Thread.sleep(LOOK);
        }
    }

    private Deque<Long> deaths(Duration workload) {
        var deaths = setting.random()
                .longs(setting.options().number("kills", 3), 0, workload.toNanos())
                .sorted()
                .mapToObj(after -> changed + after)
                .toList();
        return new ArrayDeque<>(deaths);
    }

    private void kill() throws IOException, InterruptedException {
        weft.kill("standalone");
        setting.verdict().note("killed standalone, s after the new version", seconds());
        weft.run("up");
    }

    private boolean isGone() throws IOException, InterruptedException {
        return broker.runsOf(ledger.flow()).stream().noneMatch(old::contains);
    }

    private void tellOfLoss(CallAccount account) {
        setting.verdict()
                .check(
                        "the old run stays until its work is done",
                        false,
                        "its queues went " + seconds() + " s after the new version, with "
                                + account.lost().size() + " of " + account.promised() + " not arrived");
    }

    private String seconds() {
        return Long.toString((System.nanoTime() - changed) / 1_000_000_000);
    }

    void close() throws IOException, InterruptedException {
        var closing = new Closing(broker, setting.verdict());
        closing.account(ledger, Duration.ofSeconds(30));
        // The run is kept for its shortest time however early its work was done.
        var rest = Duration.ofNanos(changed + DRAIN.toNanos() - System.nanoTime());
        var patience = new Patience(rest.compareTo(Duration.ofMinutes(2)) > 0 ? rest : Duration.ofMinutes(2), LOOK);
        var gone = patience.until(is -> is, this::isGone);
        setting.verdict().check("the old run's queues are gone at last", gone, seconds() + " s after the new version");
        closing.queues(Set.of(ledger.flow()));
        closing.health(weft.port());
    }
}
