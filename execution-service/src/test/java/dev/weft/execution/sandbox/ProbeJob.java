package dev.weft.execution.sandbox;

import dev.weft.sandbox.SandboxJob;
import dev.weft.sandbox.WorkFailure;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Does what a test wants to see in the worker process. */
public final class ProbeJob implements SandboxJob {

    @Override
    public String kind() {
        return "probe";
    }

    @Override
    public void prepare() {}

    @Override
    public Map<String, Object> run(Map<String, Object> request, Duration limit) {
        return switch (String.valueOf(request.get("do"))) {
            case "describe" ->
                Map.of(
                        "environment", System.getenv(),
                        "class path", System.getProperty("java.class.path"),
                        "arguments",
                                List.of(ProcessHandle.current()
                                        .info()
                                        .arguments()
                                        .orElse(new String[0])),
                        "memory", Runtime.getRuntime().maxMemory(),
                        "pid", ProcessHandle.current().pid());
            case "load" -> Map.of("loaded", isThere(String.valueOf(request.get("name"))));
            case "print" -> {
                System.out.println("to the standard output");
                yield Map.of("printed", true);
            }
            case "halt" -> {
                Runtime.getRuntime().halt(1);
                yield Map.of();
            }
            case "halt once" -> {
                if (new File(String.valueOf(request.get("mark"))).mkdir()) {
                    Runtime.getRuntime().halt(1);
                }
                yield Map.of("halted", true);
            }
            case "hoard" -> {
                var all = new ArrayList<byte[]>();
                var most = request.get("mib") instanceof Number mib ? mib.intValue() : Integer.MAX_VALUE;
                while (all.size() < most) {
                    all.add(new byte[1 << 20]);
                    // As slow as code is that has to make what it keeps.
                    LockSupport.parkNanos(5_000_000);
                }
                // It keeps them for as long as a busy machine may take to see that.
                LockSupport.parkNanos(1_000_000_000);
                yield Map.of("hoarded", all.size());
            }
            case "spin" -> {
                while (limit.isPositive()) {
                    Thread.onSpinWait();
                }
                yield Map.of();
            }
            case "await" -> {
                if (request.get("begun") instanceof String name) {
                    // The worker holds it now.
                    new File(name + "-" + ProcessHandle.current().pid()).mkdir();
                }
                // As long as it takes: the test makes the mark when it has seen what it wants.
                while (!new File(String.valueOf(request.get("mark"))).exists()) {
                    LockSupport.parkNanos(20_000_000);
                }
                yield Map.of("pid", ProcessHandle.current().pid());
            }
            case "fail" -> throw new WorkFailure("Name", "message", Boolean.TRUE.equals(request.get("quoting")));
            case "overflow" -> Map.of("depth", deeper(0));
            case "nest" -> {
                Object nested = 1;
                for (var level = 0; level < ((Number) request.get("levels")).intValue(); level++) {
                    nested = Map.of("n", nested);
                }
                yield Map.of("nested", nested);
            }
            case "error" -> throw new AssertionError("what no job may throw");
            case "echo" -> Map.of("said", request.get("say"));
            default -> throw new IllegalStateException("unknown");
        };
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static int deeper(int depth) {
        return depth < 0 ? depth : deeper(depth + 1) + 1;
    }
}
