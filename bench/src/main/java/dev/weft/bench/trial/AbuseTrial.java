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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code --rows=expressions,splits,.. --rate=10 --seconds=15 --factor=2 --floor=300}: one tenant, or a stranger, takes what it can
 * get; another one's calls go on as before, each part is the process that it was, and the API answers.
 */
final class AbuseTrial implements Trial {

    private static final List<String> PARTS = List.of("standalone", "rabbitmq", "store", "keycloak");
    private static final String GONE = "does not run";
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
        try (var calls = VictimCalls.begin(victim, setting.options().number("rate", 10))) {
            // What runs for the first time is slow.
            Thread.sleep(span(setting).multipliedBy(2));
            for (var row : rows(setting)) {
                // A new one each time: who has ended workers or used up its share is kept apart in the rows behind.
                var attacker = FreshTenant.create(gateway, weft.credentials(), "abuser");
                try (var abuser = new Abuser(attacker)) {
                    row(setting, weft, row, victim, calls, abuser);
                }
            }
        }
        revival(setting, weft, victim);
        setting.end(weft);
    }

    private static List<AbuseRow> rows(TrialSetting setting) {
        var chosen = setting.options().text("rows", "");
        // A name that is none would be a row that holds.
        return chosen.isEmpty()
                ? List.of(AbuseRow.values())
                : Arrays.stream(chosen.toUpperCase(Locale.ROOT)
                                .replace('-', '_')
                                .split(",", -1))
                        .map(AbuseRow::valueOf)
                        .toList();
    }

    private static Duration span(TrialSetting setting) {
        return Duration.ofSeconds(setting.options().number("seconds", 15));
    }

    private static void row(
            TrialSetting setting, LaunchedWeft weft, AbuseRow row, WeftApi victim, VictimCalls calls, Abuser abuser)
            throws IOException, InterruptedException {
        var verdict = setting.verdict();
        // They are noted before each row: a row that ends one of them must not be held against those behind it.
        var processes = processes(weft);
        var before = calls.span();
        Thread.sleep(span(setting));
        var during = calls.span();
        var broke = "";
        try {
            row.run(abuser, span(setting));
        } catch (IOException e) {
            broke = String.valueOf(e.getMessage());
        }
        var answered = answers(victim);
        var between = calls.span();
        var left = abuser.stopAll(STOP);
        // What is still in work when the flows are stopped is not held against the span behind.
        Thread.sleep(PAUSE);
        var after = calls.span();
        Thread.sleep(span(setting));
        calls.span();
        // Who is still waiting for an answer has the slowest.
        var spans = List.of(before, during, between, after);
        var waitedFor = 0;
        for (var span : spans) {
            waitedFor += span.awaitAll() ? 0 : 1;
        }
        // A quick machine would make a bound of a few milliseconds, which chance alone exceeds; so the floor.
        var bound = Math.max(
                setting.options().number("floor", 300),
                before.p99() * setting.options().number("factor", 2));
        var tookPlace = row.tookPlace(abuser);
        verdict.check(row.text() + ": it took place", tookPlace && broke.isEmpty(), abuser.answers() + " " + broke);
        verdict.check(
                "the other tenant's p99 stays within " + Math.round(bound) + " ms",
                during.p99() <= bound && after.p99() <= bound,
                "before " + before + "; during " + during + "; while it is stopped " + between + "; after " + after);
        verdict.check(
                "the other tenant calls as before and is answered 200",
                waitedFor == 0
                        && spans.stream()
                                .allMatch(span ->
                                        span.isWhole() && span.failures().isEmpty()),
                spans.stream().map(AbuseTrial::shown).collect(Collectors.joining("; ")));
        verdict.check("the API answers", answered.isEmpty(), answered.isEmpty() ? "200" : answered);
        verdict.check(
                "each part is the process that it was",
                !processes.containsValue(GONE) && processes.equals(processes(weft)),
                processes(weft).toString());
        verdict.checkNone("flows of the abuser that do not stop", left);
    }

    private static String shown(VictimCalls.Span span) {
        var failures = span.failures();
        return span.begun() + " calls, failed: " + failures.size()
                + (failures.isEmpty()
                        ? ""
                        : " " + failures.stream().distinct().limit(2).toList());
    }

    private static String answers(WeftApi api) throws InterruptedException {
        try {
            api.call("GET", api.flowList(), "");
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The process id of each part and when it began: ids come again. */
    private static Map<String, String> processes(LaunchedWeft weft) throws IOException {
        var processes = new TreeMap<String, String>();
        for (var part : PARTS) {
            processes.put(part, weft.isRunning(part) ? weft.pidOf(part) + " since " + weft.startOf(part) : GONE);
        }
        return processes;
    }

    private static void revival(TrialSetting setting, LaunchedWeft weft, WeftApi victim)
            throws IOException, InterruptedException {
        var begun = System.nanoTime();
        // Nobody mends it here: that is the supervisor's, and it is what the row is about.
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
