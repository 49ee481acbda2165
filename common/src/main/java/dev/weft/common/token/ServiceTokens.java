package dev.weft.common.token;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The token that this service uses for work without a caller: sweepers, schedules, listeners. */
public final class ServiceTokens {

    private static final Duration EARLY = Duration.ofSeconds(15);

    private final ServiceTokenApi api;
    private final RemoteCalls calls;
    private final Clock clock;
    private final String service;
    private final String secret;
    private final ReentrantLock renewal = new ReentrantLock();
    private volatile ServiceTokenApi.@Nullable Issued current;

    ServiceTokens(ServiceTokenApi api, RemoteCalls calls, Clock clock, String service, String secret) {
        this.api = api;
        this.calls = calls;
        this.clock = clock;
        this.service = service;
        this.secret = secret;
    }

    /** The value of an Authorization header. */
    public String bearer() {
        var held = current;
        if (held != null && isGood(held)) {
            return "Bearer " + held.token();
        }
        renewal.lock();
        try {
            // A thread that waited here finds the token that another one has fetched.
            held = current;
            if (held == null || !isGood(held)) {
                held = calls.read("identity", () -> api.issue(secret, service));
                current = held;
            }
            return "Bearer " + held.token();
        } finally {
            renewal.unlock();
        }
    }

    /** This service as a caller. */
    public Caller caller() {
        return new Caller(Caller.Kind.SERVICE, service, null, service, List.of(), bearer());
    }

    private boolean isGood(ServiceTokenApi.Issued token) {
        return token.expiresAt().minus(EARLY).isAfter(clock.instant());
    }
}
