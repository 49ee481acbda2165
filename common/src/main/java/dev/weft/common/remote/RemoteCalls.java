package dev.weft.common.remote;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import feign.FeignException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls another service: through that service's circuit breaker, and with retries where a repetition does no harm. A
 * service that is down, too slow, or gives an unreadable answer becomes {@code unavailable} (503), whatever the
 * exception. So the supplier should also convert the answer: then an unreadable one fails here.
 */
public final class RemoteCalls {

    private static final Logger log = LoggerFactory.getLogger(RemoteCalls.class);

    private final CircuitBreakerRegistry breakers;
    private final RetryRegistry retries;
    private final Duration longest;

    /** With the usual limit of an attempt. */
    public RemoteCalls(CircuitBreakerRegistry breakers, RetryRegistry retries) {
        this(breakers, retries, Duration.ofSeconds(10));
    }

    /** @param longest that one attempt may take, however steadily its answer drips in */
    public RemoteCalls(CircuitBreakerRegistry breakers, RetryRegistry retries, Duration longest) {
        this.breakers = breakers;
        this.retries = retries;
        this.longest = longest;
    }

    /** A question whose 404 is an empty answer; retried. */
    public <T> Optional<T> find(String service, Supplier<T> question) {
        return translated(service, () -> {
            try {
                return Optional.of(retried(service, question));
            } catch (FeignException.NotFound e) {
                return Optional.empty();
            }
        });
    }

    /** A question; retried. That the other service refuses it is as unforeseen as an answer without sense. */
    public <T> T read(String service, Supplier<T> question) {
        return translated(service, () -> retried(service, question));
    }

    /** A call that changes something; made once. What it refuses (4xx) passes through as {@link FeignException}. */
    public <T> T write(String service, Supplier<T> call) {
        try {
            return guarded(service, call);
        } catch (FeignException.FeignClientException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unavailable(service, e);
        }
    }

    private <T> T retried(String service, Supplier<T> question) {
        return retries.retry(service).executeSupplier(() -> guarded(service, question));
    }

    private <T> T guarded(String service, Supplier<T> call) {
        return breakers.circuitBreaker(service).executeSupplier(() -> withinTheLimit(call));
    }

    /**
     * On a thread of its own, which is interrupted when the time is over. No limit of an HTTP client would do: those of Feign's
     * own, and of Apache's, are for the connection and for each read, which a byte now and then keeps, and that of the JDK's
     * ends with the head of the answer. The thread is a virtual one, whose interrupt closes the socket that it reads from.
     */
    private <T> T withinTheLimit(Supplier<T> call) {
        var task = new FutureTask<T>(() -> Objects.requireNonNull(call.get(), "An answer without content"));
        Thread.ofVirtual().name("remote-call").start(task);
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("No whole answer within " + longest.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } finally {
            // Nothing happens to a call that has ended. One that has not is interrupted; otherwise its thread would
            // read on.
            task.cancel(true);
        }
    }

    private static <T> T translated(String service, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw unavailable(service, e);
        }
    }

    private static ProblemException unavailable(String service, RuntimeException cause) {
        if (cause instanceof ProblemException known) {
            // The problem comes from an inner call that this one needed first, such as for its own token.
            return known;
        }
        log.warn("The {} service does not answer: {}", service, cause.toString());
        return Problem.of(ProblemCode.UNAVAILABLE, "The " + service + " service does not answer at the moment.")
                .exception();
    }
}
