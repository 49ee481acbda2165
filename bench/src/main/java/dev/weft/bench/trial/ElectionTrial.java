package dev.weft.bench.trial;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.store.StoreProcess;
import dev.weft.bench.store.StoreProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store whose writes fail for {@code --seconds=10} in the middle of an update, a start or a stop of a flow, and of
 * steps: {@code --rounds=12}, each with one of the ways of {@link StoreProxy.Fault} at an instant by chance.
 */
final class ElectionTrial implements Trial {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LONGEST_SECONDS = 1800;
    private static final List<FaultFlow> CALLED =
            List.of(FaultFlow.PLAIN, FaultFlow.CHAIN, FaultFlow.SPLITTER, FaultFlow.HANDLER);
    private static final List<Deed> DEEDS = List.of(Deed.values());
    private static final List<StoreProxy.Fault> FAULTS = List.of(
            StoreProxy.Fault.NOT_PRIMARY,
            StoreProxy.Fault.DROPPED,
            StoreProxy.Fault.UNANSWERED,
            StoreProxy.Fault.UNCONFIRMED);

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
        var elections = new Elections(setting, api, proxy, flows.getFirst());
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

    /** What is under way when the writes fail. */
    private enum Deed {
        UPDATE,
        START,
        STOP
    }

    /** The rounds. */
    private record Elections(TrialSetting setting, WeftApi api, StoreProxy proxy, FlowLedger updated) {

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
            } catch (WeftApi.Refused e) {
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
}
