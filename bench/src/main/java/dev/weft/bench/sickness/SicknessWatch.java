package dev.weft.bench.sickness;

import dev.weft.bench.launch.BrokerSickness;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.ServiceHealth;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is answered, said of its health and logged while a broker is sick; what was before is taken off. */
final class SicknessWatch {

    private static final Set<String> HONEST = Set.of("200", "503", "none");
    /** A line a second of each of six services is more than anybody reads. */
    private static final int MOST_LINES_A_SECOND = 6;

    private final TrialSetting setting;
    private final LaunchedWeft weft;
    private final ServiceHealth health;
    private final FlowLedger steady;
    private final BrokerSickness sickness;
    private final List<String> seen = new ArrayList<>();
    private Map<String, Integer> answers;
    private long own;
    private long brokers;

    SicknessWatch(
            TrialSetting setting, LaunchedWeft weft, ServiceHealth health, FlowLedger steady, BrokerSickness sickness)
            throws IOException {
        this.setting = setting;
        this.weft = weft;
        this.health = health;
        this.steady = steady;
        this.sickness = sickness;
        this.answers = steady.calls().book().answers();
        this.own = lines("standalone");
        this.brokers = lines("rabbitmq");
    }

    /** Until then. */
    void look(long end) throws IOException, InterruptedException {
        while (System.nanoTime() < end) {
            for (var word : health.ailing()) {
                if (!seen.contains(word.toString())) {
                    seen.add(word.toString());
                }
            }
            Thread.sleep(500);
        }
        answers = difference(answers, steady.calls().book().answers());
        own = lines("standalone") - own;
        brokers = lines("rabbitmq") - brokers;
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

    void tell(int seconds) {
        tellAnswers();
        tellLines(seconds);
    }

    private void tellAnswers() {
        var what = sickness.label() + ": ";
        setting.verdict()
                .check(what + "webhooks say 503 or wait", HONEST.containsAll(answers.keySet()), answers.toString());
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
                        seen.stream().filter(word -> word.contains("no answer")).toList());
    }

    /** The broker itself tells of each connection that is closed, which is what this sickness does to it. */
    private void tellLines(int seconds) {
        var counted = sickness == BrokerSickness.CLOSING ? own : own + brokers;
        setting.verdict()
                .check(
                        sickness.label() + ": few lines in the logs",
                        counted <= (long) MOST_LINES_A_SECOND * seconds,
                        "%d of the services and %d of the broker in %d s".formatted(own, brokers, seconds));
    }
}
