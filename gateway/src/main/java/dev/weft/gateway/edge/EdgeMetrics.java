package dev.weft.gateway.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times requests by method, path pattern and status: {@code http.server.requests}. */
final class EdgeMetrics {

    private static final String PATTERN = EdgeMetrics.class.getName();

    private record Kind(String method, String pattern, int status) {}

    private final MeterRegistry registry;
    private final ConcurrentHashMap<Kind, Timer> timers = new ConcurrentHashMap<>();

    EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Tells under which pattern the request counts; what has none counts as unknown. */
    static void name(HttpServletRequest request, String pattern) {
        request.setAttribute(PATTERN, pattern);
    }

    void record(HttpServletRequest request, HttpServletResponse response, long begin) {
        var pattern = request.getAttribute(PATTERN) instanceof String known ? known : "UNKNOWN";
        var kind = new Kind(known(request.getMethod()), pattern, response.getStatus());
        timers.computeIfAbsent(kind, this::timer).record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    }

    /** Methods are the caller's words: those nobody has heard of are one. */
    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            default -> "OTHER";
        };
    }

    private Timer timer(Kind kind) {
        return Timer.builder("http.server.requests")
                .tag("method", kind.method())
                .tag("uri", kind.pattern())
                .tag("status", Integer.toString(kind.status()))
                .register(registry);
    }
}
