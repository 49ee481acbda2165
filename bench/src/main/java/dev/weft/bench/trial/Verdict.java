package dev.weft.bench.trial;

import java.util.Collection;

/** What must hold and whether it does, printed row by row as it is found. */
public final class Verdict {

    private static final int SHOWN = 5;

    private boolean kept = true;

    public Verdict() {
        System.out.println("| kept | what | found |");
        System.out.println("| --- | --- | --- |");
    }

    public synchronized void check(String what, boolean holds, String found) {
        kept &= holds;
        row(holds ? "yes" : "**no**", what, found);
    }

    /** Nothing of this may be there. */
    public void checkNone(String what, Collection<?> found) {
        var some = found.stream().limit(SHOWN).map(String::valueOf).toList();
        check(what, found.isEmpty(), found.isEmpty() ? "none" : found.size() + ", such as " + some);
    }

    /** A figure that nothing depends on. */
    public synchronized void note(String what, String found) {
        row("", what, found);
    }

    private static void row(String kept, String what, String found) {
        System.out.println("| " + kept + " | " + what + " | " + found.replace('\n', ' ') + " |");
    }

    public synchronized boolean isKept() {
        return kept;
    }
}
