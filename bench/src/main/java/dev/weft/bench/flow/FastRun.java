package dev.weft.bench.flow;

import dev.weft.bench.measure.ProcessUsage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** A run as fast as it goes, and what a flow cost in it. */
record FastRun(FlowFigures figures, double cpuMillis) {

    static FastRun of(PairBuild build, Duration time) throws InterruptedException, ExecutionException {
        var begun = build.usage().sample();
        var figures = build.session().run(0, time);
        var cpu = ProcessUsage.cpuSeconds(begun, build.usage().sample());
        return new FastRun(figures, 1000 * cpu / figures.acks().count());
    }
}
