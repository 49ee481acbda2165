package dev.weft.bench.sickness;

import dev.weft.bench.launch.ServiceHealth;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/** What must hold when a broker is well again. */
record BrokerRecovery(Verdict verdict, WeftApi api, ServiceHealth health, String what) {

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    /** Health is up again, and both the old flow and the one started meanwhile take calls and do their work. */
    void check(FlowLedger steady, FlowLedger another, FlowLedger unwanted) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var patience = new Patience(RECOVERY);
        var ailing = patience.until(Collection::isEmpty, health::ailing);
        verdict.check(what + "health is up again", ailing.isEmpty(), seconds(begun) + " " + ailing);
        var arrived = steady.sink().effects().size();
        var more = patience.until(
                count -> count > arrived, () -> steady.sink().effects().size());
        verdict.check(what + "the flow works on", more > arrived, seconds(begun));
        var left = patience.until("inactive"::equals, () -> api.status(unwanted.flow()));
        verdict.check(
                what + "a flow that was stopped meanwhile is inactive",
                left.equals("inactive"),
                seconds(begun) + " " + left);
        startAgain(another);
        another.begin(RECOVERY);
        another.join();
        verdict.check(
                what + "a flow that was started meanwhile takes calls",
                another.accepted().size() == another.calls().book().count(),
                seconds(begun) + " " + another.calls().book().answers());
    }

    /** Unless it is, or becomes so without a second wish. */
    private void startAgain(FlowLedger flow) throws IOException, InterruptedException {
        var status = new Patience(RECOVERY)
                .until(what -> what.equals("active") || what.equals("inactive"), () -> api.status(flow.flow()));
        verdict.note("status of the flow that was started meanwhile", status);
        if (status.equals("inactive")) {
            new Patience(RECOVERY).run(() -> api.start(flow.flow()));
        }
    }

    private static String seconds(long since) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - since) / 1e9);
    }
}
