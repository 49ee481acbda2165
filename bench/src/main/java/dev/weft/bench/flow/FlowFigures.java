package dev.weft.bench.flow;

import dev.weft.bench.measure.Latencies;
import java.util.Locale;

/**
 * One measured run of calls.
 *
 * @param calls that were made
 * @param refused of them, by 429 or 503
 * @param acks of those that were accepted
 * @param endToEnd to the sink, of those that arrived
 * @param acceptSeconds until the last call was answered
 * @param completeSeconds until the last one arrived
 * @param lost accepted and not arrived
 */
record FlowFigures(
        int calls,
        int refused,
        Latencies acks,
        Latencies endToEnd,
        double acceptSeconds,
        double completeSeconds,
        int lost,
        int duplicates) {

    double acceptedPerSecond() {
        return acks.count() / acceptSeconds;
    }

    double completedPerSecond() {
        return acks.count() / completeSeconds;
    }

    /** @param reply whether the flow answers, so that nothing arrives anywhere */
    String report(boolean reply, int prefetch) {
        var accepted = String.format(
                Locale.ROOT,
                "calls %d, accepted %d, refused (429/503) %d, prefetch %d%naccepted/s %.0f   %s%n",
                calls,
                acks.count(),
                refused,
                prefetch,
                acceptedPerSecond(),
                acks.summary());
        var completed = String.format(
                Locale.ROOT,
                "completed/s %.0f   end to end %s, lost %d, duplicates %d%n",
                completedPerSecond(),
                endToEnd.summary(),
                lost,
                duplicates);
        return reply ? accepted : accepted + completed;
    }
}
