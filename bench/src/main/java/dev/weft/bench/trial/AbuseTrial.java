package dev.weft.bench.trial;

import dev.weft.bench.abuse.AbuseRow;
import dev.weft.bench.abuse.Abuser;
import dev.weft.bench.abuse.FreshTenant;
import dev.weft.bench.abuse.VictimCalls;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code --rows=expressions,splits,.. --rate=10 --seconds=15 --factor=2 --floor=300}: one tenant, or a stranger, takes what it can
 * get; another one's calls go on as before, each part is the process that it was, and the API answers.
 */
final class AbuseTrial implements Trial {

    private static final List<String> PARTS = List.of("standalone", "rabbitmq", "store", "keycloak");
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration STOP = Duration.ofMinutes(2);
    private static final Duration BACK = Duration.ofMinutes(3);

    @Override
    public int minutes() {
        return 60;
    }

    @Override
    public void run(TrialSetting setting) throws Exception {
        // The last row is about the one who starts dead parts again.
        var weft = setting.standalone(Map.of("WEFT_SUPERVISOR", "on"));
        var gateway = new WeftApi(weft.credentials());
        var victim = FreshTenant.create(gateway, weft.credentials(), "victim");
        var attacker = FreshTenant.create(gateway, weft.credentials(), "abuser");
        try (var calls = VictimCalls.begin(victim, setting.options().number("rate", 10));
                var abuser = new Abuser(attacker)) {
            // What runs for the first time is slow.
            Thread.sleep(span(setting).multipliedBy(2));
            for (var row : rows(setting)) {
                row(setting, weft, row, victim, calls, abuser);
            }
        }
        revival(setting, weft, victim);
        setting.end(weft);
    }

    private static List<AbuseRow> rows(TrialSetting setting) {
        var chosen = setting.options().text("rows", "");
        return Arrays.stream(AbuseRow.values())
                .filter(row -> chosen.isEmpty()
                        || List.of(chosen.toUpperCase(Locale.ROOT).split(",", -1))
                                .contains(row.name().replace('_', '-')))
                .toList();
    }

    private static Duration span(TrialSetting setting) {
        return Duration.ofSeconds(setting.options().number("seconds", 15));
    }

    private static void row(
            TrialSetting setting, LaunchedWeft weft, AbuseRow row, WeftApi victim, VictimCalls calls, Abuser abuser)
            throws IOException, InterruptedException {
        var processes = processes(weft);
        var before = calls.span();
        Thread.sleep(span(setting));
        var during = calls.span();
        row.run(abuser, span(setting));
        var answered = answers(victim);
        var between = calls.span();
        var left = abuser.stopAll(STOP);
        Thread.sleep(PAUSE);
        var after = calls.span();
        Thread.sleep(span(setting));
        calls.span();
        Thread.sleep(PAUSE);
        var bound = Math.max(
                setting.options().number("floor", 300),
                before.p99() * setting.options().number("factor", 2));
        var verdict = setting.verdict();
        verdict.note(row.text(), "the abuser was answered " + abuser.answers());
        verdict.check(
                "the other tenant's p99 stays within " + Math.round(bound) + " ms",
                during.p99() <= bound && after.p99() <= bound,
                "before " + before + ", during " + during + ", while it is stopped " + between + ", after " + after);
        verdict.check(
                "the other tenant is called and answered",
                during.answered() > 0
                        && during.failures().isEmpty()
                        && between.failures().isEmpty()
                        && after.failures().isEmpty(),
                during.answered() + " calls, failed: " + shown(during) + shown(between) + shown(after));
        verdict.check("the API answers", answered.isEmpty(), answered.isEmpty() ? "200" : answered);
        verdict.check(
                "each part is the process that it was",
                processes.equals(processes(weft)),
                processes(weft).toString());
        verdict.checkNone("flows of the abuser that do not stop", left);
    }

    private static String shown(VictimCalls.Span span) {
        return span.failures().size() + " "
                + span.failures().stream().distinct().limit(2).toList() + " ";
    }

    private static String answers(WeftApi api) throws InterruptedException {
        try {
            api.call("GET", "/v2/flows", "");
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** When each part began: another process began at another time. */
    private static Map<String, Instant> processes(LaunchedWeft weft) throws IOException {
        var processes = new TreeMap<String, Instant>();
        for (var part : PARTS) {
            if (weft.isRunning(part)) {
                processes.put(part, weft.startOf(part));
            }
        }
        return processes;
    }

    private static void revival(TrialSetting setting, LaunchedWeft weft, WeftApi victim)
            throws IOException, InterruptedException {
        var begun = System.nanoTime();
        weft.kill("standalone");
        new Patience(BACK).until(String::isEmpty, () -> answers(victim));
        var answer = answers(victim);
        setting.verdict()
                .check(
                        "a part that died is started again by itself",
                        answer.isEmpty(),
                        answer.isEmpty() ? "after " + (System.nanoTime() - begun) / 1_000_000_000 + " s" : answer);
    }
}
