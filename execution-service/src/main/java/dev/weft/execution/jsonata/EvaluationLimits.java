package dev.weft.execution.jsonata;

import java.time.Duration;

/**
 * Limits of evaluations within the service; an expression that exceeds them is evaluated in the sandbox.
 *
 * @param atOnce how long all expressions on a message together may take on the message's own thread, which takes the
 *               place of requests to the API meanwhile
 * @param here   how long one may take on any thread
 * @param made   bytes that one expression may make, about; several are evaluated at the same time, in the same heap as
 *               everything else
 */
record EvaluationLimits(Duration atOnce, Duration here, long made) {

    static final EvaluationLimits USUAL = new EvaluationLimits(
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            Math.max(16 << 20, Runtime.getRuntime().maxMemory() / 16));
}
