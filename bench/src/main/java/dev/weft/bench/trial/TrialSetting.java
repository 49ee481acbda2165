package dev.weft.bench.trial;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.OwnPlace;
import dev.weft.bench.measure.Arguments;
import java.io.IOException;
import java.util.Map;
import java.util.Random;

/** What a trial is given: its options, chance by a seed, a place of its own, and whom to tell what it has found. */
record TrialSetting(Arguments options, Random random, OwnPlace place, Verdict verdict) {

    /** All services in one process, with the launcher's servers; as far as the settings bring none of their own. */
    LaunchedWeft standalone(Map<String, String> settings) throws IOException, InterruptedException {
        var weft = place.weft(settings);
        weft.run("up");
        return weft;
    }
}
