package dev.weft.common.remote;

import dev.weft.common.problem.ProblemException;
import feign.FeignException;
import feign.Request;
import feign.codec.ErrorDecoder;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Time limits, retries and circuit breakers of calls between services. */
@AutoConfiguration
@EnableConfigurationProperties(RemoteProperties.class)
class RemoteConfiguration {

    @Bean
    RemoteCalls remoteCalls(RemoteProperties limits) {
        var breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .waitDurationInOpenState(Duration.ofSeconds(2))
                // These do not count as failures: a refusal is an answer, and a problem was raised by an inner call
                // before this service was asked.
                .ignoreException(e -> e instanceof FeignException.FeignClientException || e instanceof ProblemException)
                .build());
        var retries = RetryRegistry.of(RetryConfig.custom()
                .maxAttempts(3)
                // The pauses are random, since callers that failed together must not come again together.
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(100, 2.0))
                .retryOnException(
                        e -> e instanceof FeignException && !(e instanceof FeignException.FeignClientException))
                .build());
        return new RemoteCalls(breakers, retries, limits.call());
    }

    @Bean
    Request.Options feignTimeLimits(RemoteProperties limits) {
        return new Request.Options(
                limits.connect().toMillis(),
                TimeUnit.MILLISECONDS,
                limits.read().toMillis(),
                TimeUnit.MILLISECONDS,
                false);
    }

    /** A refusal stays what it is: the usual decoder makes "try again" of every answer with a Retry-After header. */
    @Bean
    ErrorDecoder feignRefusals() {
        return FeignException::errorStatus;
    }

    /** Retries are {@link RemoteCalls}'s, not Feign's. */
    @Bean
    feign.Retryer feignRetriesNever() {
        return feign.Retryer.NEVER_RETRY;
    }
}
