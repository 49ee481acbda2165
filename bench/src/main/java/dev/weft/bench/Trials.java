package dev.weft.bench;

import dev.weft.bench.abuse.AbuseTrial;
import dev.weft.bench.change.RedeployTrial;
import dev.weft.bench.change.RollingTrial;
import dev.weft.bench.change.StormTrial;
import dev.weft.bench.death.RandomKillTrial;
import dev.weft.bench.launch.OwnPlace;
import dev.weft.bench.measure.Arguments;
import dev.weft.bench.sickness.ElectionTrial;
import dev.weft.bench.sickness.SickBrokerTrial;
import dev.weft.bench.trial.Trial;
import dev.weft.bench.trial.TrialSetting;
import dev.weft.bench.trial.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The trials by their commands. Each prints its seed ({@code --seed=} gives one), what it found as a table, and ends with
 * exit code 1 when something did not hold or {@code --minutes=} are over; the logs are kept then.
 */
final class Trials {

    private static final Map<String, Trial> ALL = all();

    private Trials() {}

    private static Map<String, Trial> all() {
        var all = new LinkedHashMap<String, Trial>();
        all.put("faults-redeploy", new RedeployTrial());
        all.put("faults-storm", new StormTrial());
        all.put("faults-rolling", new RollingTrial());
        all.put("faults-broker", new SickBrokerTrial());
        all.put("faults-election", new ElectionTrial());
        all.put("faults-random", new RandomKillTrial());
        all.put("abuse", new AbuseTrial());
        return all;
    }

    static Set<String> commands() {
        return ALL.keySet();
    }

    static void main(String command, String[] arguments) throws Exception {
        var trial = ALL.get(command);
        if (trial == null) {
            throw new IllegalArgumentException(command + " is not among " + commands());
        }
        var options = new Arguments(arguments);
        var seed = Long.parseLong(options.text("seed", Long.toString(System.nanoTime() % 1_000_000_000)));
        var place = OwnPlace.of(options, command, trial.modules());
        System.out.println(command + ", seed " + seed + ", in " + place.directory() + "\n");
        var verdict = new Verdict();
        run(trial, new TrialSetting(options, new Random(seed), place, verdict));
        if (!verdict.isKept()) {
            System.out.println("\nThe promise was broken (seed " + seed + "); logs are in "
                    + place.home().resolve("logs"));
            System.exit(1);
        }
        System.out.println("\nAll of it held.");
        // Only a place whose verdict was kept goes: of a broken one the logs are what is left to look at.
        place.delete();
    }

    private static void run(Trial trial, TrialSetting setting) throws InterruptedException {
        var minutes = setting.options().number("minutes", trial.minutes());
        var begun = System.nanoTime();
        // Not closed: what does not end in time is left to the end of this program.
        var thread =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        var end = thread.submit(() -> {
            trial.run(setting);
            return null;
        });
        try {
            end.get(minutes, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            setting.verdict().check("ends within " + minutes + " minutes", false, "it goes on");
        } catch (ExecutionException e) {
            setting.verdict().check("goes to its end", false, String.valueOf(e.getCause()));
            e.printStackTrace(System.err);
        }
        setting.verdict().note("seconds in all", Long.toString((System.nanoTime() - begun) / 1_000_000_000));
    }
}
