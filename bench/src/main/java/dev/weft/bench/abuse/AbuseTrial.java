package dev.weft.bench.abuse;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import dev.weft.bench.trial.Trial;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code --rows=expressions,splits,.. --rate=10 --seconds=15 --factor=2 --floor=300}: one tenant, or a stranger, takes what it can
 * get; another one's calls go on as before, each part is the process that it was, and the API answers.
 */
public final class AbuseTrial implements Trial {

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
            var rows = new AbuseRowTrial(setting, weft, victim, calls);
            // What runs for the first time is slow.
            Thread.sleep(rows.span().multipliedBy(2));
            for (var row : chosen(setting)) {
                // A new one each time: who has ended workers or used up its share is kept apart in the rows behind.
                var attacker = FreshTenant.create(gateway, weft.credentials(), "abuser");
                try (var abuser = new Abuser(attacker)) {
                    rows.run(row, abuser);
                }
            }
        }
        revival(setting, weft, victim);
        setting.end(weft);
    }

    private static List<AbuseRow> chosen(TrialSetting setting) {
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

    private static void revival(TrialSetting setting, LaunchedWeft weft, WeftApi victim)
            throws IOException, InterruptedException {
        var begun = System.nanoTime();
        // Nobody mends it here: that is the supervisor's, and it is what the row is about.
        weft.kill("standalone");
        new Patience(BACK).until(String::isEmpty, () -> AbuseRowTrial.answers(victim));
        var answer = AbuseRowTrial.answers(victim);
        setting.verdict()
                .check(
                        "a part that died is started again by itself",
                        answer.isEmpty(),
                        answer.isEmpty() ? "after " + (System.nanoTime() - begun) / 1_000_000_000 + " s" : answer);
    }
}
