package dev.weft.common.http;

import dev.weft.common.egress.EgressGuard;
import dev.weft.common.egress.EgressRefused;
import dev.weft.common.http.HttpAnswer.AnswerPlace;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes one call over pooled connections. The guard is the connections' name resolver: the addresses that it checked
 * are those that are connected to. A time limit covers the whole exchange, however slowly an answer arrives.
 */
public final class HttpCaller implements AutoCloseable {

    /** The caller's thread was interrupted; it is unknown what the server has done. The thread stays interrupted. */
    public static final class CallInterrupted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CallInterrupted(Throwable cause) {
            super("The call was interrupted.", cause);
        }
    }

    /** More of an answer is not read. */
    public static final int BODY = 10 << 20;

    /** Doing it twice is doing it once (RFC 9110, 9.2.2). */
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");
    /** Only to make a request of; its parts are set one by one, since not every address is a {@link URI}. */
    private static final URI ANY = URI.create("http://localhost/");

    private final CloseableHttpClient client;
    private final CallLimits limits = new CallLimits();
    /** A name server is asked on threads of their own: nothing else ends a question before its answer. */
    private final ExecutorService lookups = Executors.newCachedThreadPool(
            work -> Thread.ofPlatform().daemon().name("http-names").unstarted(work));

    public HttpCaller(EgressGuard guard) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedNames(guard, lookups))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(2_000)
                .setMaxConnPerRoute(500)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(64 * 1024)
                                .setMaxHeaderCount(1_000)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(10))
                        // The check reads for up to a millisecond, so it is skipped between calls that follow each
                        // other at once.
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(100))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy(new CleanConnections())
                .setUserAgent("Weft")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .build();
    }

    /**
     * Makes a call, and follows no redirect.
     *
     * @param left  of the call's time limit
     * @param place takes what comes
     * @throws HttpCallFailure when no answer has come, or one that can not be used
     * @throws CallInterrupted when its thread is to end
     */
    public HttpAnswer call(HttpCall call, Duration left, AnswerPlace place) throws HttpCallFailure {
        var request = request(call);
        var end = System.nanoTime() + left.toNanos();
        try (var _ = limits.of(end, request::cancel)) {
            return CallTime.until(end, () -> exchange(call, request, place));
        } catch (AnswerReading.GivenUp e) {
            throw e.reason();
        } catch (EgressRefused e) {
            throw HttpCallFailure.quoting("EgressError", String.valueOf(e.getMessage()), false);
        } catch (UnknownHostException e) {
            if (System.nanoTime() - end >= 0) {
                throw failure(call, true, e);
            }
            throw HttpCallFailure.quoting(
                    "NetworkError", "The host " + call.url().host() + " is not known.", true);
        } catch (NoHttpResponseException _) {
            throw new HttpCallFailure("NetworkError", "The server closed the connection without an answer.", true);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CallInterrupted(e);
            }
            if (!request.isCancelled() && isUnreadable(e)) {
                throw HttpCallFailure.quoting("HttpError", "The answer can not be read: " + reason(e), false);
            }
            throw failure(call, request.isCancelled() || e instanceof InterruptedIOException, e);
        }
    }

    @Override
    public void close() throws IOException {
        limits.close();
        lookups.shutdownNow();
        client.close();
    }

    /**
     * A server may close a kept connection in the moment in which it is used. Nothing of an answer has come then, and
     * what may be done twice is sent once more; of another request nobody knows whether the server has it.
     */
    private HttpAnswer exchange(HttpCall call, HttpUriRequestBase request, AnswerPlace place) throws IOException {
        var context = HttpClientContext.create();
        try {
            return exchange(call, request, place, context);
        } catch (NoHttpResponseException | SocketException e) {
            var connection = context.getEndpointDetails();
            var wasKept = connection != null && connection.getResponseCount() > 0;
            if (!wasKept || !REPEATABLE.contains(call.method()) || request.isCancelled()) {
                throw e;
            }
            return exchange(call, request, place, HttpClientContext.create());
        }
    }

    private HttpAnswer exchange(HttpCall call, HttpUriRequestBase request, AnswerPlace place, HttpClientContext context)
            throws IOException {
        var url = call.url();
        return client.execute(
                new HttpHost(url.scheme(), url.host(), url.port()),
                request,
                context,
                response -> AnswerReading.read(response, request, place));
    }

    /** An answer came, and is none: to ask again would do the work again. */
    private static boolean isUnreadable(IOException e) {
        return e instanceof ClientProtocolException
                || e instanceof MessageConstraintException
                || (e instanceof MalformedChunkCodingException && !(e instanceof TruncatedChunkException));
    }

    private static HttpCallFailure failure(HttpCall call, boolean late, IOException cause) {
        return late
                ? new HttpCallFailure(
                        "TimeoutError", "No answer within " + call.timeout().toMillis() + " ms.", true)
                : HttpCallFailure.quoting("NetworkError", "The call failed: " + reason(cause), true);
    }

    private static String reason(IOException e) {
        var cause = e instanceof ClientProtocolException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static HttpUriRequestBase request(HttpCall call) {
        var request = new HttpUriRequestBase(call.method(), ANY);
        request.setScheme(call.url().scheme());
        request.setAuthority(new URIAuthority(call.url().host(), call.url().port()));
        request.setPath(call.url().target());
        var limit = Timeout.ofMilliseconds(call.timeout().toMillis());
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(limit)
                .setResponseTimeout(limit)
                .build());
        call.fields().forEach(field -> request.addHeader(field.name(), field.value()));
        if (!call.has("Accept-Encoding")) {
            request.addHeader("Accept-Encoding", "gzip, deflate");
        }
        var body = call.body();
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        return request;
    }

    /**
     * Some servers send a body after an answer that has none; the next answer on that connection would be read from its
     * middle. So such a connection is not used again.
     */
    private static final class CleanConnections extends DefaultClientConnectionReuseStrategy {

        @Override
        public boolean keepAlive(HttpRequest request, HttpResponse response, HttpContext context) {
            var hasNoBody =
                    request.getMethod().equals("HEAD") || response.getCode() == 204 || response.getCode() == 304;
            return !hasNoBody && super.keepAlive(request, response, context);
        }
    }
}
