package dev.weft.execution.sandbox;

import dev.weft.sandbox.SandboxJob;
import java.time.Duration;
import java.util.Map;

/** Its worker dies before it has seen any request. */
public final class UnreadyJob implements SandboxJob {

    @Override
    public String kind() {
        return "unready";
    }

    @Override
    public void prepare() {
        Runtime.getRuntime().halt(1);
    }

    @Override
    public Map<String, Object> run(Map<String, Object> request, Duration limit) {
        return Map.of();
    }
}
