package dev.weft.bench.launch;

import java.util.regex.Pattern;

/** A queue, with what waits in it and what a worker holds. */
public record BrokerQueue(String name, long ready, long unacknowledged, long consumers) {

    /** {@code <flow>.<step>.<run>.messages}, and other kinds. */
    private static final Pattern OF_A_RUN = Pattern.compile("([0-9a-f]{24})\\.(?:.*\\.)?([0-9a-f]{32})(?:\\..*)?");

    public long messages() {
        return ready + unacknowledged;
    }

    /** Of a run of a flow: the flow; empty for all other queues. */
    public String flow() {
        var matcher = OF_A_RUN.matcher(name);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** Of a run of a flow: the run; empty for all other queues. */
    public String run() {
        var matcher = OF_A_RUN.matcher(name);
        return matcher.matches() ? matcher.group(2) : "";
    }
}
