package dev.weft.bench.trial;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.OwnPlace;
import dev.weft.bench.measure.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** What a trial is given: its options, chance by a seed, a place of its own, and whom to tell what it has found. */
public record TrialSetting(Arguments options, Random random, OwnPlace place, Verdict verdict) {

    /**
     * All services in one process, with the launcher's servers; as far as the settings bring none of their own. With
     * {@code --home=} the installation that runs there, which {@link #end} leaves running.
     */
    public LaunchedWeft standalone(Map<String, String> settings) throws IOException, InterruptedException {
        if (isGiven()) {
            return new LaunchedWeft(place.tree(), Path.of(options.text("home", "")), settings);
        }
        var weft = place.weft(settings);
        weft.run("up");
        return weft;
    }

    public void end(LaunchedWeft weft) throws IOException, InterruptedException {
        if (!isGiven()) {
            weft.run("down");
        }
    }

    private boolean isGiven() {
        return !options.text("home", "").isEmpty();
    }
}
