package dev.weft.execution.builtin.http;

import dev.weft.execution.egress.EgressGuard;
import dev.weft.execution.egress.EgressRefused;
import dev.weft.execution.step.StepUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes one call over kept connections. The guard resolves names for the connections themselves: what it has checked
 * is what is connected to. A time limit is that of the whole exchange, however slowly an answer drips.
 */
final class HttpCaller implements AutoCloseable {

    private static final int BODY = 10 << 20;

    /** When the call that a thread makes must be over, of {@link System#nanoTime}. */
    private static final ScopedValue<Long> END = ScopedValue.newInstance();

    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor watch;
    /** A name server is asked on threads of their own: nothing else ends a question before its answer. */
    private final ExecutorService lookups = Executors.newCachedThreadPool(
            work -> Thread.ofPlatform().daemon().name("http-names").unstarted(work));

    HttpCaller(EgressGuard guard) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedNames(guard, lookups))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(2_000)
                .setMaxConnPerRoute(500)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(10))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setUserAgent("Weft")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .build();
        this.watch = new ScheduledThreadPoolExecutor(
                1, work -> Thread.ofPlatform().daemon().name("http-time-limits").unstarted(work));
        this.watch.setRemoveOnCancelPolicy(true);
    }

    /** @param left of the call's time limit */
    HttpAnswer call(HttpCall call, Duration left) throws HttpCallFailure {
        var request = request(call);
        var end = System.nanoTime() + left.toNanos();
        var limit = watch.schedule(request::cancel, left.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return ScopedValue.where(END, end)
                    .call(() -> client.execute(request, response -> answer(response, request)));
        } catch (TooLarge _) {
            throw new HttpCallFailure("HttpError", "The response is larger than 10 MiB.", false);
        } catch (EgressRefused e) {
            throw new HttpCallFailure("EgressError", String.valueOf(e.getMessage()), false);
        } catch (UnknownHostException e) {
            if (System.nanoTime() - end >= 0) {
                throw failure(call, true, e);
            }
            throw new HttpCallFailure("NetworkError", "The host " + call.url().getHost() + " is not known.", true);
        } catch (NoHttpResponseException _) {
            throw new HttpCallFailure("NetworkError", "The server closed the connection without an answer.", true);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new StepUnavailable(e);
            }
            throw failure(call, request.isCancelled() || e instanceof InterruptedIOException, e);
        } finally {
            limit.cancel(false);
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        lookups.shutdownNow();
        client.close();
    }

    private static HttpCallFailure failure(HttpCall call, boolean late, IOException cause) {
        return late
                ? new HttpCallFailure(
                        "TimeoutError", "No answer within " + call.timeout().toMillis() + " ms.", true)
                : new HttpCallFailure("NetworkError", "The call failed: " + cause.getMessage(), true);
    }

    private static HttpUriRequestBase request(HttpCall call) {
        var request = new HttpUriRequestBase(call.method(), call.url());
        var limit = Timeout.ofMilliseconds(call.timeout().toMillis());
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(limit)
                .setResponseTimeout(limit)
                .build());
        call.fields().forEach(field -> request.addHeader(field.name(), field.value()));
        var body = call.body();
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        return request;
    }

    private static HttpAnswer answer(ClassicHttpResponse response, HttpUriRequestBase request) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        for (var header : response.getHeaders()) {
            headers.merge(
                    header.getName().toLowerCase(Locale.ROOT),
                    header.getValue() == null ? "" : header.getValue(),
                    (one, other) -> one + ", " + other);
        }
        return new HttpAnswer(response.getCode(), headers, body(response.getEntity(), request));
    }

    private static byte[] body(@Nullable HttpEntity entity, HttpUriRequestBase request) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        var known = entity.getContentLength();
        var out = new ByteArrayOutputStream(known > 0 && known <= BODY ? (int) known : 1024);
        // Left open when it is too large: closing it would read what is left of it.
        var in = entity.getContent();
        var part = new byte[8192];
        for (var n = known > BODY ? BODY + 1 : in.read(part); n >= 0; n = in.read(part)) {
            if (out.size() + n > BODY) {
                request.cancel();
                throw new TooLarge();
            }
            out.write(part, 0, n);
        }
        return out.toByteArray();
    }

    /** Names as the guard resolves them. */
    private record GuardedNames(EgressGuard guard, ExecutorService lookups) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            var lookup = lookups.submit(() -> guard.resolve(host));
            try {
                return lookup.get(END.get() - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownHostException unknown) {
                    throw unknown;
                }
                throw new IllegalStateException(e.getCause());
            } catch (TimeoutException _) {
                throw new UnknownHostException("The name server does not answer in time.");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StepUnavailable(e);
            }
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** The answer is more than we take. */
    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
