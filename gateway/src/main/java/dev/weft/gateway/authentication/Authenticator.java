package dev.weft.gateway.authentication;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.gateway.limit.RetryLater;
import feign.FeignException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns an Authorization header into an internal token. What identity-service said is remembered by the header's digest
 * for 30 s, unless it was a password; many requests with the same new header ask it once.
 */
public final class Authenticator {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    /** A token must outlive the request that carries it. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final RemoteAuthentications identity;
    private final RemoteCalls calls;
    private final Clock clock;
    private final String secret;
    private final AtomicLong changes = new AtomicLong();
    private final AsyncCache<String, Authentication> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(REMEMBERED)
            .buildAsync();

    Authenticator(RemoteAuthentications identity, RemoteCalls calls, Clock clock, String secret) {
        this.identity = identity;
        this.calls = calls;
        this.clock = clock;
        this.secret = secret;
    }

    /**
     * @param header          the Authorization header; null: none
     * @param passwordAllowed whether the endpoint accepts the account's password as well
     * @param address         of the client, by which wrong attempts are counted
     */
    public Authentication authenticate(@Nullable String header, boolean passwordAllowed, String address) {
        if (header == null) {
            throw unauthorized("Credentials are needed: Basic with e-mail and API key, or a bearer token.");
        }
        var key = Ids.sha256(header);
        var remembered = known.getIfPresent(key);
        if (remembered != null) {
            var authentication = waitFor(remembered);
            if (authentication.expiresAt().minus(LEAST).isAfter(clock.instant())) {
                return authentication;
            }
            known.asMap().remove(key, remembered);
        }
        var request = AuthenticationRequest.of(header, passwordAllowed, address)
                .orElseThrow(() -> unauthorized("The Authorization header can not be understood."));
        // What a password opened must not be found under the same header where only the key is accepted.
        return passwordAllowed ? askForPassword(key, request) : askOnce(key, request);
    }

    private Authentication askForPassword(String key, AuthenticationRequest request) {
        var before = changes.get();
        var answer = ask(request);
        if (answer.by() != null && !answer.by().equals("password") && changes.get() == before) {
            known.asMap().putIfAbsent(key, CompletableFuture.completedFuture(answer));
        }
        return answer;
    }

    /** The first with this header asks, the others wait for its answer. */
    private Authentication askOnce(String key, AuthenticationRequest request) {
        var mine = new CompletableFuture<Authentication>();
        var other = known.asMap().putIfAbsent(key, mine);
        if (other != null) {
            return waitFor(other);
        }
        try {
            var answer = ask(request);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            known.asMap().remove(key, mine);
            throw e;
        }
    }

    private Authentication ask(AuthenticationRequest request) {
        try {
            return calls.write("identity", () -> identity.authenticate(secret, request));
        } catch (FeignException.Unauthorized e) {
            throw unauthorized("The credentials are not valid.");
        } catch (FeignException.TooManyRequests e) {
            throw new RetryLater(
                            Problem.of(ProblemCode.TOO_MANY_REQUESTS, "Too many attempts with wrong credentials."),
                            secondsOf(e))
                    .exception();
        }
    }

    private static long secondsOf(FeignException e) {
        return e.responseHeaders().getOrDefault("retry-after", java.util.List.of("60")).stream()
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .findFirst()
                .orElse(60L);
    }

    private static Authentication waitFor(CompletableFuture<Authentication> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException refusal ? refusal : e;
        }
    }

    private static ProblemException unauthorized(String detail) {
        return Problem.of(ProblemCode.UNAUTHORIZED, detail).exception();
    }

    /** The user has another key, or none; questions under way may have been answered before that. */
    public void forget(String id) {
        changes.incrementAndGet();
        known.asMap()
                .values()
                .removeIf(answer -> !answer.isDone()
                        || answer.isCompletedExceptionally()
                        || answer.join().id().equals(id));
    }

    void forgetAll() {
        changes.incrementAndGet();
        known.asMap().clear();
    }
}
