package dev.weft.bench;

import dev.weft.bench.faults.FaultMatrix;
import dev.weft.bench.flow.FlowBench;
import dev.weft.bench.flow.FlowPairs;
import dev.weft.bench.flow.IdleFlows;
import dev.weft.bench.flow.RawBroker;
import dev.weft.bench.flow.ReadBench;
import dev.weft.bench.fuzz.ExpressionFuzz;
import dev.weft.bench.store.StoreBench;
import dev.weft.bench.store.StoreKillRounds;
import java.util.Arrays;

/** {@code java -jar bench-exec.jar flow|reads|pairs|faults|.. --name=value ..}: one program a word; README.md has them all. */
final class BenchApplication {

    private BenchApplication() {}

    public static void main(String[] arguments) throws Exception {
        // Libraries that would log find no logger, on purpose: what a program has to say it prints.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        var rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "flow" -> FlowBench.main(rest);
            case "reads" -> ReadBench.main(rest);
            case "pairs" -> FlowPairs.main(rest);
            case "idle" -> IdleFlows.main(rest);
            case "broker" -> RawBroker.main(rest);
            case "faults" -> FaultMatrix.main(rest);
            case "faults-store" -> StoreKillRounds.main(rest);
            case "replicas" -> TwoOfEach.main(rest);
            case "store" -> StoreBench.main(rest);
            case "fuzz-expressions" -> ExpressionFuzz.main(rest);
            case "demo" -> Demo.main(rest);
            default -> trial(arguments, rest);
        }
    }

    private static void trial(String[] arguments, String[] rest) throws Exception {
        if (arguments.length > 0 && Trials.commands().contains(arguments[0])) {
            Trials.main(arguments[0], rest);
            return;
        }
        System.err.println("usage: flow | reads | idle | broker | store | pairs | faults | faults-store | "
                + String.join(" | ", Trials.commands()) + " | replicas | fuzz-expressions | demo  [--name=value ..]");
        System.exit(2);
    }
}
