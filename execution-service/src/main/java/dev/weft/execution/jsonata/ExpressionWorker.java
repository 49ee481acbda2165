package dev.weft.execution.jsonata;

import dev.weft.execution.sandbox.Sandbox;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions that may not run within the service: {@link Sandbox#run}. */
interface ExpressionWorker {

    Map<String, @Nullable Object> run(String kind, Map<String, ? extends @Nullable Object> request, Duration limit);
}
