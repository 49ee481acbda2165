package dev.weft.common.duty;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The {@link GrowingPause}s of many things, each kept from the last failure until a success. */
public final class Pauses {

    private record Pause(GrowingPause series, long until) {}

    private final Duration first;
    private final Duration longest;
    private final Map<String, Pause> failed = new ConcurrentHashMap<>();

    public Pauses(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** Also of what has never failed. */
    public boolean isOver(String thing) {
        var pause = failed.get(thing);
        return pause == null || pause.until() - System.nanoTime() <= 0;
    }

    public void failed(String thing) {
        failed.compute(thing, (_, before) -> {
            var series = before == null ? new GrowingPause(first, longest) : before.series();
            return new Pause(series, System.nanoTime() + series.next().toNanos());
        });
    }

    public void succeeded(String thing) {
        failed.remove(thing);
    }

    /** How many have failed and not succeeded since. */
    public int size() {
        return failed.size();
    }
}
