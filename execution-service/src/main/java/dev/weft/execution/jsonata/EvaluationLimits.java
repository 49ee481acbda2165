package dev.weft.execution.jsonata;

import java.time.Duration;

/**
 * What evaluations may use within the service; who needs more has the sandbox.
 *
 * @param atOnce how long all expressions on a message together may take on the message's own thread, which takes the place
 *               of requests to the API meanwhile
 * @param here   how long one may take on any thread
 * @param made   bytes that one may make, about; some are evaluated at the same time, beside all else that is in the heap
 */
record EvaluationLimits(Duration atOnce, Duration here, long made) {

    static final EvaluationLimits USUAL = new EvaluationLimits(
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            Math.max(16 << 20, Runtime.getRuntime().maxMemory() / 16));
}
