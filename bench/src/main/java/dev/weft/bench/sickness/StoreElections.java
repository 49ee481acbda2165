package dev.weft.bench.sickness;

import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.RefusedCall;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.store.StoreProxy;
import dev.weft.bench.store.WriteFault;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The rounds. */
record StoreElections(TrialSetting setting, WeftApi api, StoreProxy proxy, FlowLedger updated) {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<Deed> DEEDS = List.of(Deed.values());
    private static final List<WriteFault> FAULTS =
            List.of(WriteFault.NOT_PRIMARY, WriteFault.DROPPED, WriteFault.UNANSWERED, WriteFault.UNCONFIRMED);

    /** Each deed under each fault, by turns; a flow is started before it is stopped. */
    void round(int round, String turned) throws IOException, InterruptedException {
        var deed = DEEDS.get(round % DEEDS.size());
        var fault = FAULTS.get(round / DEEDS.size() % FAULTS.size());
        // The fault begins up to 39 ms after the deed, or the deed up to 20 ms after the fault: chance decides
        // which of its writes is struck.
        var before = setting.random().nextInt(60) - 20;
        // A round whose fault has met no write proves nothing, so the number is shown with it.
        var struck = proxy.struck();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = System.nanoTime();
            var doing = threads.submit(() -> {
                Thread.sleep(Math.max(0, -before));
                return act(deed, turned);
            });
            Thread.sleep(Math.max(0, before));
            proxy.begin(fault);
            Thread.sleep(Duration.ofSeconds(setting.options().number("seconds", 10)));
            proxy.end();
            // The deed may have been refused all the time. It is tried until it is taken, which it can be now.
            var refusals = doing.get();
            var status = settle(deed, turned);
            setting.verdict()
                    .check(
                            "%s under %s, begun %d ms before"
                                    .formatted(deed, fault, before)
                                    .toLowerCase(Locale.ROOT),
                            status.equals(deed == Deed.STOP ? "inactive" : "active"),
                            "%s after %.1f s, %d writes struck, refused %d times meanwhile"
                                    .formatted(
                                            status,
                                            (System.nanoTime() - begun) / 1e9,
                                            proxy.struck() - struck,
                                            refusals));
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    /** Until it is taken; how often it was not. */
    private int act(Deed deed, String turned) throws IOException, InterruptedException {
        var attempts = new AtomicInteger();
        new Patience(PATIENCE).run(() -> {
            attempts.incrementAndGet();
            switch (deed) {
                case UPDATE ->
                    api.change(
                            updated.flow(),
                            updated.kind().nodes(updated.sink().url()),
                            updated.kind().edges());
                case START -> wish(turned, "start");
                case STOP -> wish(turned, "stop");
            }
        });
        return attempts.get() - 1;
    }

    private void wish(String flow, String wish) throws IOException, InterruptedException {
        try {
            api.call("POST", "/v2/flows/" + flow + "/" + wish, "");
        } catch (RefusedCall e) {
            // An attempt before was taken though it was not answered so.
            if (e.status() != 409) {
                throw e;
            }
        }
    }

    private String settle(Deed deed, String turned) throws IOException, InterruptedException {
        var wanted = deed == Deed.STOP ? "inactive" : "active";
        var flow = deed == Deed.UPDATE ? updated.flow() : turned;
        return new Patience(PATIENCE).until(wanted::equals, () -> api.status(flow));
    }
}
