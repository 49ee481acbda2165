package dev.weft.bench.trial;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.OwnPlace;
import dev.weft.bench.measure.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Random;

/** What a trial is given: its options, chance by a seed, a place of its own, and whom to tell what it has found. */
record TrialSetting(Arguments options, Random random, OwnPlace place, Verdict verdict) {

    /** What must hold and whether it does, printed row by row as it is found. */
    static final class Verdict {

        private static final int SHOWN = 5;

        private boolean kept = true;

        Verdict() {
            System.out.println("| kept | what | found |");
            System.out.println("| --- | --- | --- |");
        }

        synchronized void check(String what, boolean holds, String found) {
            kept &= holds;
            row(holds ? "yes" : "**no**", what, found);
        }

        /** Nothing of this may be there. */
        void checkNone(String what, Collection<?> found) {
            var some = found.stream().limit(SHOWN).map(String::valueOf).toList();
            check(what, found.isEmpty(), found.isEmpty() ? "none" : found.size() + ", such as " + some);
        }

        /** A figure that nothing depends on. */
        synchronized void note(String what, String found) {
            row("", what, found);
        }

        private static void row(String kept, String what, String found) {
            System.out.println("| " + kept + " | " + what + " | " + found.replace('\n', ' ') + " |");
        }

        synchronized boolean isKept() {
            return kept;
        }
    }

    /**
     * All services in one process, with the launcher's servers; as far as the settings bring none of their own. With
     * {@code --home=} the installation that runs there, which {@link #end} leaves running.
     */
    LaunchedWeft standalone(Map<String, String> settings) throws IOException, InterruptedException {
        if (isGiven()) {
            return new LaunchedWeft(place.tree(), Path.of(options.text("home", "")), settings);
        }
        var weft = place.weft(settings);
        weft.run("up");
        return weft;
    }

    void end(LaunchedWeft weft) throws IOException, InterruptedException {
        if (!isGiven()) {
            weft.run("down");
        }
    }

    private boolean isGiven() {
        return !options.text("home", "").isEmpty();
    }
}
