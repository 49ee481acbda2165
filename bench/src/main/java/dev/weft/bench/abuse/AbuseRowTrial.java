package dev.weft.bench.abuse;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One row of {@link AbuseTrial} at a time, and what must hold before, during and after it. */
record AbuseRowTrial(TrialSetting setting, LaunchedWeft weft, WeftApi victim, VictimCalls calls) {

    private static final List<String> PARTS = List.of("standalone", "rabbitmq", "store", "keycloak");
    private static final String GONE = "does not run";
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration STOP = Duration.ofMinutes(2);

    Duration span() {
        return Duration.ofSeconds(setting.options().number("seconds", 15));
    }

    void run(AbuseRow row, Abuser abuser) throws IOException, InterruptedException {
        var verdict = setting.verdict();
        // They are noted before each row: a row that ends one of them must not be held against those behind it.
        var processes = processes();
        var before = calls.span();
        Thread.sleep(span());
        var during = calls.span();
        var broke = "";
        try {
            row.run(abuser, span());
        } catch (IOException e) {
            broke = String.valueOf(e.getMessage());
        }
        var answered = answers(victim);
        var between = calls.span();
        var left = abuser.stopAll(STOP);
        // What is still in work when the flows are stopped is not held against the span behind.
        Thread.sleep(PAUSE);
        var after = calls.span();
        Thread.sleep(span());
        calls.span();
        // Who is still waiting for an answer has the slowest.
        var spans = List.of(before, during, between, after);
        var waitedFor = 0;
        for (var span : spans) {
            waitedFor += span.awaitAll() ? 0 : 1;
        }
        // A quick machine would make a bound of a few milliseconds, which chance alone exceeds; so the floor.
        var bound = Math.max(
                setting.options().number("floor", row.floor()),
                before.p99() * setting.options().number("factor", 2));
        var tookPlace = row.tookPlace(abuser);
        verdict.check(
                row.text() + ": it took place",
                tookPlace && broke.isEmpty(),
                abuser.answers().take() + " " + broke);
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
                spans.stream().map(AbuseRowTrial::shown).collect(Collectors.joining("; ")));
        verdict.check("the API answers", answered.isEmpty(), answered.isEmpty() ? "200" : answered);
        verdict.check(
                "each part is the process that it was",
                !processes.containsValue(GONE) && processes.equals(processes()),
                processes().toString());
        verdict.checkNone("flows of the abuser that do not stop", left);
    }

    private static String shown(VictimSpan span) {
        var failures = span.failures();
        return span.begun() + " calls, failed: " + failures.size()
                + (failures.isEmpty()
                        ? ""
                        : " " + failures.stream().distinct().limit(2).toList());
    }

    /** Empty when it was answered well, else why not. */
    static String answers(WeftApi api) throws InterruptedException {
        try {
            api.call("GET", api.flowList(), "");
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The process id of each part and when it began: ids come again. */
    private Map<String, String> processes() throws IOException {
        var processes = new TreeMap<String, String>();
        for (var part : PARTS) {
            processes.put(part, weft.isRunning(part) ? weft.pidOf(part) + " since " + weft.startOf(part) : GONE);
        }
        return processes;
    }
}
