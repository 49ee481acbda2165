package dev.weft.gateway.route;

import dev.weft.common.duty.RareLines;
import dev.weft.common.problem.LoggedPath;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.limit.RetryLater;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to the services: pooled, with time limits, and with a circuit breaker per service, so that not every
 * caller waits for a service that is down. If a service gives no answer, the caller gets {@code unavailable} (503). A
 * full connection pool does not count as a failure of the service, which was not asked.
 */
final class BackendClient implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(BackendClient.class);
    private static final int CONNECTIONS_PER_SERVICE = 256;
    private static final Duration TURN = Duration.ofSeconds(5);

    private final BackendTargets targets;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;
    private final RareLines lines = new RareLines(log);
    private final ConnectionShares shares;
    private final EnumMap<Backend, CircuitBreaker> breakers = new EnumMap<>(Backend.class);

    BackendClient(BackendTargets targets) {
        this(targets, CONNECTIONS_PER_SERVICE, TURN);
    }

    /**
     * @param most connections to a service, of which a client has a quarter
     * @param turn how long a request waits for one
     */
    BackendClient(BackendTargets targets, int most, Duration turn) {
        this.targets = targets;
        this.shares = new ConnectionShares(most / 4, turn);
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
                // The strict pool has a single lock, which requests to all services would compete for.
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(most)
                .setMaxConnTotal(most * Backend.values().length)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(1))
                        // A restarted service has closed its end of pooled connections; checking costs less than a
                        // failed request.
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoTimeout(Timeout.ofSeconds(30))
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(turn))
                        .setResponseTimeout(Timeout.ofSeconds(30))
                        .build())
                .setRetryStrategy(new LostConnectionRetry())
                // Bodies are passed on as they are.
                .disableContentCompression()
                // One client serves all callers, so nothing of one caller may be kept for another.
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableAuthCaching()
                .disableConnectionState()
                .build();
        var config = CircuitBreakerConfig.custom()
                .slidingWindowSize(40)
                .minimumNumberOfCalls(20)
                .waitDurationInOpenState(Duration.ofSeconds(1))
                .build();
        for (var backend : Backend.values()) {
            breakers.put(backend, CircuitBreaker.of(backend.label(), config));
        }
    }

    /** The path that stands before every target of the backend. */
    String prefix(Backend backend) {
        return targets.prefix(backend);
    }

    /** Without a place of its client no request shall be sent. */
    ConnectionShares.Place place(Backend backend, String client) {
        return shares.take(backend, client);
    }

    /** The open response; the caller closes it. */
    ClassicHttpResponse send(Backend backend, HttpUriRequestBase request) {
        var breaker = breakers.get(backend);
        if (breaker == null || !breaker.tryAcquirePermission()) {
            throw unavailable(backend);
        }
        var begin = System.nanoTime();
        try {
            var response = client.executeOpen(targets.host(backend), request, null);
            // Any answer counts as a success, also a 500: the service is there, and its answer is passed on.
            breaker.onSuccess(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
            return response;
        } catch (ConnectionRequestTimeoutException e) {
            // Not recorded: slow calls that many clients make at once would open the circuit, and then nobody could
            // make a quick one.
            breaker.releasePermission();
            lines.warn("All connections to a service are in use", backend.label());
            throw new RetryLater(
                            Problem.of(
                                    ProblemCode.UNAVAILABLE,
                                    "The " + backend.label() + " service is at work on as many requests as it may be."),
                            1)
                    .exception();
        } catch (IOException e) {
            breaker.onError(System.nanoTime() - begin, TimeUnit.NANOSECONDS, e);
            log.warn(
                    "{} does not answer {} {}: {}",
                    backend.label(),
                    request.getMethod(),
                    LoggedPath.of(request.getPath()),
                    e.toString());
            throw unavailable(backend);
        }
    }

    static ProblemException unavailable(Backend backend) {
        return Problem.of(ProblemCode.UNAVAILABLE, "The " + backend.label() + " service does not answer at the moment.")
                .exception();
    }

    /** Clients that have a place or wait for one. */
    int clients() {
        return shares.clients();
    }

    /** Connections that are in use. */
    int leased() {
        return connections.getTotalStats().getLeased();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
