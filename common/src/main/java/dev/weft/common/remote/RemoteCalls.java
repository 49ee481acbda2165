package dev.weft.common.remote;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import feign.FeignException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls another service: behind that service's circuit breaker, retried when asking again does no harm. A service that
 * is down or too slow becomes {@code unavailable} (503); what it refuses (4xx) passes through as {@link FeignException}.
 */
public final class RemoteCalls {

    private static final Logger log = LoggerFactory.getLogger(RemoteCalls.class);

    private final CircuitBreakerRegistry breakers;
    private final RetryRegistry retries;

    public RemoteCalls(CircuitBreakerRegistry breakers, RetryRegistry retries) {
        this.breakers = breakers;
        this.retries = retries;
    }

    /** A question whose 404 is an empty answer; retried. */
    public <T> Optional<T> find(String service, Supplier<T> question) {
        try {
            return Optional.of(read(service, question));
        } catch (FeignException.NotFound e) {
            return Optional.empty();
        }
    }

    /** A question; retried. */
    public <T> T read(String service, Supplier<T> question) {
        return translated(service, () -> retries.retry(service).executeSupplier(() -> guarded(service, question)));
    }

    /** A call that changes something; made once. */
    public <T> T write(String service, Supplier<T> call) {
        return translated(service, () -> guarded(service, call));
    }

    private <T> T guarded(String service, Supplier<T> call) {
        return breakers.circuitBreaker(service).executeSupplier(call);
    }

    private static <T> T translated(String service, Supplier<T> call) {
        try {
            return call.get();
        } catch (FeignException.FeignClientException e) {
            throw e;
        } catch (FeignException | CallNotPermittedException e) {
            throw unavailable(service, e);
        }
    }

    private static ProblemException unavailable(String service, RuntimeException cause) {
        log.warn("The {} service does not answer: {}", service, cause.toString());
        return Problem.of(ProblemCode.UNAVAILABLE, "The " + service + " service does not answer at the moment.")
                .exception();
    }
}
