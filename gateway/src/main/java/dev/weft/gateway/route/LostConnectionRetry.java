package dev.weft.gateway.route;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.util.Set;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * A safe request is sent once more when its connection broke, as a pooled one does when its service was restarted. A
 * time-out is no such case, nor is a refused connection; an answer is never asked for again.
 */
final class LostConnectionRetry implements HttpRequestRetryStrategy {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public boolean retryRequest(HttpRequest request, IOException failure, int attempts, HttpContext context) {
        return attempts == 1
                && SAFE.contains(request.getMethod())
                && !(failure instanceof InterruptedIOException)
                && !(failure instanceof ConnectException);
    }

    @Override
    public boolean retryRequest(HttpResponse response, int attempts, HttpContext context) {
        return false;
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse response, int attempts, HttpContext context) {
        return TimeValue.ZERO_MILLISECONDS;
    }
}
