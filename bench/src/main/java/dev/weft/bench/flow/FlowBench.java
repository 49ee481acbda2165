package dev.weft.bench.flow;

import dev.weft.bench.measure.Arguments;
import dev.weft.bench.measure.ProcessUsage;
import dev.weft.bench.measure.WeftApi;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Calls a flow webhook → mapper → http:request(sink), or → http:reply, for some seconds over some connections and
 * reports what was accepted, what was completed, how long both took, and what each process used. One lost id voids the
 * run: exit code 1.
 *
 * <p>{@code --seconds=60 --connections=64 --rate=0 --prefetch=64 --reply=false --credentials=.weft/credentials.json
 * --broker=amqp://..}; rate 0: as fast as it goes.
 */
public final class FlowBench {

    private static final int WARM_UP_SECONDS = 10;

    private FlowBench() {}

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var seconds = options.number("seconds", 60);
        var credentials = Path.of(options.text("credentials", ".weft/credentials.json"));
        var prefetch = options.number("prefetch", 64);
        var reply = Boolean.parseBoolean(options.text("reply", "false"));
        var rate = options.number("rate", 0);
        var usage = new ProcessUsage(credentials.resolveSibling("run"));
        try (var session = new FlowSession(
                new WeftApi(credentials),
                prefetch,
                reply,
                options.number("connections", 64),
                seconds + WARM_UP_SECONDS)) {
            var started = session.start();
            System.out.println("flow " + session.flow() + " started in " + started.toMillis() + " ms");
            session.run(rate, Duration.ofSeconds(Math.min(WARM_UP_SECONDS, seconds)));
            var before = usage.sample();
            var figures = session.run(rate, Duration.ofSeconds(seconds));
            System.out.print(figures.report(reply, prefetch));
            System.out.print(ProcessUsage.difference(before, usage.sample(), figures.calls()));
            session.stop();
            if (figures.lost() > 0) {
                System.out.println("LOST: " + figures.lost() + " acknowledged ids did not arrive; the run is void");
                System.exit(1);
            }
        }
        if (!options.text("broker", "").isEmpty()) {
            RawBroker.main(new String[] {"--uri=" + options.text("broker", ""), "--seconds=15", "--hops=1"});
            RawBroker.main(new String[] {"--uri=" + options.text("broker", ""), "--seconds=15", "--hops=3"});
        }
    }
}
