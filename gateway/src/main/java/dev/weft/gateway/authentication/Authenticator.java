package dev.weft.gateway.authentication;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Turns an Authorization header into an internal token. What identity-service said is remembered by the header's digest
 * for 30 s; many requests with the same new header ask it once. Where a password is accepted nothing is remembered, so
 * that a password never opens what only a key may.
 */
public final class Authenticator {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    /** A token must outlive the request that carries it. */
    private static final Duration LEAST = Duration.ofSeconds(10);
    /** For an answer that another request has asked for. */
    private static final long LONGEST_SECONDS = 20;

    private final Authentications identity;
    private final Clock clock;
    private final AsyncCache<String, Authentication> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(REMEMBERED)
            .buildAsync();

    Authenticator(Authentications identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
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
        var question = AuthenticationQuestion.of(header, passwordAllowed, address)
                .orElseThrow(() -> unauthorized("The Authorization header can not be understood."));
        return passwordAllowed ? identity.ask(question) : askOnce(key, question);
    }

    /** The first with this header asks, the others wait for its answer. */
    private Authentication askOnce(String key, AuthenticationQuestion question) {
        var mine = new CompletableFuture<Authentication>();
        var other = known.asMap().putIfAbsent(key, mine);
        if (other != null) {
            return waitFor(other);
        }
        try {
            var answer = identity.ask(question);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException e) {
            known.asMap().remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static Authentication waitFor(CompletableFuture<Authentication> answer) {
        try {
            return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static ProblemException unavailable() {
        return Problem.of(ProblemCode.UNAVAILABLE, "The identity service does not answer at the moment.")
                .exception();
    }

    private static ProblemException unauthorized(String detail) {
        return Problem.of(ProblemCode.UNAUTHORIZED, detail).exception();
    }

    /** The user has another key, or none; questions under way may have been answered before that. */
    public void forget(String id) {
        known.asMap()
                .values()
                .removeIf(answer -> !answer.isDone()
                        || answer.isCompletedExceptionally()
                        || answer.resultNow().id().equals(id));
    }

    void forgetAll() {
        known.asMap().clear();
    }
}
