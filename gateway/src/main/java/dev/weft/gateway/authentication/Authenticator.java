package dev.weft.gateway.authentication;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.weft.common.access.Heartbeat;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Turns an Authorization header into an internal token. An answer of identity-service is kept under the header's digest
 * for 30 s, but not beyond the end of a bearer token or a machine key; many requests with the same new header ask only once. Without a
 * heartbeat over the broker, the news of a withdrawn key would not arrive either: then answers are kept for 5 s only.
 * Where a password is accepted nothing is kept, so that a remembered password never opens an endpoint that takes keys
 * only.
 */
public final class Authenticator {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    /** How long what has ended may still count (api-v2 3.1). */
    private static final Duration UNHEARD = Duration.ofSeconds(5);
    /** A token must outlive the request that carries it. */
    private static final Duration LEAST = Duration.ofSeconds(10);
    /** For an answer that another request has asked for. */
    private static final long LONGEST_SECONDS = 20;

    /** Bytes: some ten thousand callers within the time that they are remembered. */
    private static final long HEAVIEST = 16_000_000;

    /** Of all but the token and the name. */
    private static final int EACH = 700;

    /**
     * A remembered answer.
     *
     * @param asked when the question was sent
     * @param end   from when on it must not be used any more
     */
    private record Answer(Authentication authentication, Instant asked, Instant end) {

        int weight() {
            var name = authentication.name();
            return EACH + authentication.token().length() + (name == null ? 0 : name.length());
        }
    }

    private final Authentications identity;
    private final Clock clock;
    private final AsyncCache<String, Answer> known;
    private final Heartbeat heartbeat;

    Authenticator(Authentications identity, Clock clock) {
        this(identity, clock, Ticker.systemTicker());
    }

    /** @param ticker by which answers grow old: unlike the clock it is never set back */
    Authenticator(Authentications identity, Clock clock, Ticker ticker) {
        this.identity = identity;
        this.clock = clock;
        this.known = Caffeine.newBuilder()
                .maximumWeight(HEAVIEST)
                .<String, Answer>weigher((_, answer) -> answer.weight())
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .executor(Runnable::run)
                .buildAsync();
        this.heartbeat = new Heartbeat(clock, known.asMap()::clear);
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
        // The digest and not the header: the header is a secret, and this memory may end up in a dump.
        var key = Ids.sha256(header);
        var remembered = known.getIfPresent(key);
        if (remembered != null) {
            var answer = waitFor(remembered);
            if (holds(answer)) {
                return answer.authentication();
            }
            // Only this very answer: another request may have replaced it by a newer one.
            known.asMap().remove(key, remembered);
        }
        var question = AuthenticationQuestion.of(header, passwordAllowed, address)
                .orElseThrow(() -> unauthorized("The Authorization header can not be understood."));
        return passwordAllowed ? identity.ask(question) : askOnce(key, question);
    }

    private boolean holds(Answer answer) {
        var now = clock.instant();
        return answer.end().isAfter(now)
                && (heartbeat.isHeard() || answer.asked().plus(UNHEARD).isAfter(now));
    }

    /** The first with this header asks, the others wait for its answer. */
    private Authentication askOnce(String key, AuthenticationQuestion question) {
        var mine = new CompletableFuture<Answer>();
        var other = known.asMap().putIfAbsent(key, mine);
        if (other != null) {
            return waitFor(other).authentication();
        }
        try {
            var asked = clock.instant();
            var authentication = identity.ask(question);
            mine.complete(new Answer(authentication, asked, end(question, authentication)));
            return authentication;
        } catch (RuntimeException e) {
            // Forgotten before the waiting requests are told, so that the next request asks again itself.
            known.asMap().remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Of the three that may end the one that does so first. */
    private static Instant end(AuthenticationQuestion question, Authentication authentication) {
        var end = authentication.expiresAt().minus(LEAST);
        var ofToken = question.tokenEnd().filter(end::isAfter).orElse(end);
        var ofKey = authentication.endsAt();
        return ofKey != null && ofKey.isBefore(ofToken) ? ofKey : ofToken;
    }

    private static Answer waitFor(CompletableFuture<Answer> answer) {
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
                        || answer.resultNow().authentication().id().equals(id));
    }

    void heartbeat() {
        heartbeat.heard();
    }

    /** Announcements may have been missed. */
    void forgetAll() {
        heartbeat.lost();
    }
}
