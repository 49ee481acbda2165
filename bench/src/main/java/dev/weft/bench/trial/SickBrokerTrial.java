package dev.weft.bench.trial;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.BrokerSickness;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.ServiceHealth;
import dev.weft.bench.ledger.FaultFlow;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A broker that lives and does not do its work, for {@code --seconds=20} in each of the ways of {@link BrokerSickness}
 * (or those of {@code --kinds=}), under {@code --rate=50} calls a second: no call is answered 200 and lost, webhooks say
 * 503 or wait, health says DOWN and why, and all goes on when the broker is well again. A flow is started and one is
 * stopped meanwhile: that comes true at once with a broker that is short of memory or disk, else when it is well again.
 */
final class SickBrokerTrial implements Trial {

    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final int LONGEST_SECONDS = 1800;
    private static final Set<String> HONEST = Set.of("200", "503", "none");
    /** A line a second of each of six services is more than anybody reads. */
    private static final int MOST_LINES_A_SECOND = 6;

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
            var ward = new Ward(setting, weft, api, closing.broker(), health, steady);
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

    /** One broker and what it suffers. */
    private static final class Ward {
        private final TrialSetting setting;
        private final LaunchedWeft weft;
        private final WeftApi api;
        private final BrokerNode broker;
        private final ServiceHealth health;
        private final FlowLedger steady;
        private final List<FlowLedger> fresh = new ArrayList<>();
        private final List<FlowLedger> stopped = new ArrayList<>();

        Ward(
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
            // What was answered and logged before is taken off: the checks are about the time of the sickness alone.
            var answers = steady.calls().answers();
            var own = lines("standalone");
            var brokers = lines("rabbitmq");
            sickness.begin(weft, broker, steady.flow());
            var begun = System.nanoTime();
            // Apart: an answer that does not come must not keep us from looking.
            var wishes = List.of(
                    Thread.ofVirtual().start(() -> wish(another, "start")),
                    Thread.ofVirtual().start(() -> wish(unwanted, "stop")));
            var seen = watch(begun + Duration.ofSeconds(seconds).toNanos());
            var said = difference(answers, steady.calls().answers());
            own = lines("standalone") - own;
            brokers = lines("rabbitmq") - brokers;
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
            tell(sickness, said, seen);
            tellLines(sickness, seconds, own, brokers);
            recover(sickness, another, unwanted);
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

        /** All that was said of services that are not up, until then. */
        private List<String> watch(long end) throws InterruptedException {
            var seen = new ArrayList<String>();
            while (System.nanoTime() < end) {
                for (var word : health.ailing()) {
                    if (!seen.contains(word.toString())) {
                        seen.add(word.toString());
                    }
                }
                Thread.sleep(500);
            }
            return seen;
        }

        private long lines(String part) throws IOException {
            try (var lines = Files.lines(weft.log(part))) {
                return lines.count();
            }
        }

        private static Map<String, Integer> difference(Map<String, Integer> before, Map<String, Integer> after) {
            var difference = new TreeMap<String, Integer>();
            after.forEach((answer, count) -> {
                var more = count - before.getOrDefault(answer, 0);
                if (more > 0) {
                    difference.put(answer, more);
                }
            });
            return difference;
        }

        private void tell(BrokerSickness sickness, Map<String, Integer> said, List<String> seen) {
            var what = sickness.label() + ": ";
            setting.verdict()
                    .check(what + "webhooks say 503 or wait", HONEST.containsAll(said.keySet()), said.toString());
            // The reasons stand in brackets behind the word (ServiceHealth.Word).
            var reasoned = seen.stream().anyMatch(word -> word.contains("DOWN") && word.contains("["));
            if (sickness.isGrave()) {
                setting.verdict().check(what + "health is DOWN and says why", reasoned, seen.toString());
            } else {
                setting.verdict().note(what + "health", seen.toString());
            }
            setting.verdict()
                    .checkNone(
                            what + "services whose health does not answer",
                            seen.stream()
                                    .filter(word -> word.contains("no answer"))
                                    .toList());
        }

        /** The broker itself tells of each connection that is closed, which is what this sickness does to it. */
        private void tellLines(BrokerSickness sickness, int seconds, long own, long brokers) {
            var counted = sickness == BrokerSickness.CLOSING ? own : own + brokers;
            setting.verdict()
                    .check(
                            sickness.label() + ": few lines in the logs",
                            counted <= (long) MOST_LINES_A_SECOND * seconds,
                            "%d of the services and %d of the broker in %d s".formatted(own, brokers, seconds));
        }

        /** Health is up again, and both the old flow and the one started meanwhile take calls and do their work. */
        private void recover(BrokerSickness sickness, FlowLedger another, FlowLedger unwanted)
                throws IOException, InterruptedException {
            var begun = System.nanoTime();
            var patience = new Patience(RECOVERY);
            var ailing = patience.until(Collection::isEmpty, health::ailing);
            setting.verdict()
                    .check(sickness.label() + ": health is up again", ailing.isEmpty(), seconds(begun) + " " + ailing);
            var arrived = steady.sink().effects().size();
            var more = patience.until(
                    count -> count > arrived, () -> steady.sink().effects().size());
            setting.verdict().check(sickness.label() + ": the flow works on", more > arrived, seconds(begun));
            var left = patience.until("inactive"::equals, () -> api.status(unwanted.flow()));
            setting.verdict()
                    .check(
                            sickness.label() + ": a flow that was stopped meanwhile is inactive",
                            left.equals("inactive"),
                            seconds(begun) + " " + left);
            startAgain(another);
            another.begin(RECOVERY);
            another.join();
            setting.verdict()
                    .check(
                            sickness.label() + ": a flow that was started meanwhile takes calls",
                            another.accepted().size() == another.calls().count(),
                            seconds(begun) + " " + another.calls().answers());
        }

        /** Unless it is, or becomes so without a second wish. */
        private void startAgain(FlowLedger flow) throws IOException, InterruptedException {
            var status = new Patience(RECOVERY)
                    .until(what -> what.equals("active") || what.equals("inactive"), () -> api.status(flow.flow()));
            setting.verdict().note("status of the flow that was started meanwhile", status);
            if (status.equals("inactive")) {
                new Patience(RECOVERY).run(() -> api.start(flow.flow()));
            }
        }

        private static String seconds(long since) {
            return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - since) / 1e9);
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
}
