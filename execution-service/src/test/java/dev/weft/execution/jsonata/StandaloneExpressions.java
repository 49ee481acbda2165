package dev.weft.execution.jsonata;

import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;

/** Real expressions for tests of other features; a worker process only starts for those that need one. */
public final class StandaloneExpressions implements AutoCloseable {

    private final Sandbox sandbox = new Sandbox();
    private final Expressions expressions = new JsonataExpressions(sandbox, Clock.systemUTC(), Duration.ofSeconds(5));

    public Expressions expressions() {
        return expressions;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
