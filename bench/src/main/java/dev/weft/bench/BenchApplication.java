package dev.weft.bench;

import dev.weft.bench.demo.Demo;
import dev.weft.bench.flow.FlowBench;
import dev.weft.bench.flow.IdleFlows;
import dev.weft.bench.flow.RawBroker;
import dev.weft.bench.flow.ReadBench;
import java.util.Arrays;

/** {@code java -jar bench-exec.jar flow|reads|idle|broker|demo --name=value ..}: one program a word. */
public final class BenchApplication {

    private BenchApplication() {}

    public static void main(String[] arguments) throws Exception {
        var rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "flow" -> FlowBench.main(rest);
            case "reads" -> ReadBench.main(rest);
            case "idle" -> IdleFlows.main(rest);
            case "broker" -> RawBroker.main(rest);
            case "demo" -> Demo.main(rest);
            default -> {
                System.err.println("usage: flow | reads | idle | broker | demo  [--name=value ..]");
                System.exit(2);
            }
        }
    }
}
