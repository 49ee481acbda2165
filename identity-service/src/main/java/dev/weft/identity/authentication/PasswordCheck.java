package dev.weft.identity.authentication;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.directory.PasswordAnswer;
import dev.weft.identity.password.PasswordGuard;
import dev.weft.identity.password.PasswordVerdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Service;

/**
 * Whether a secret is the password of an account. A key can not be guessed, a password can: above a limit no password
 * is checked, not even the right one. An unknown e-mail costs the same check as a known one, so that answer times do
 * not tell which e-mails exist (the directory hashes a password for unknown names too). Since that work is expensive,
 * each client address also has a limit over all e-mails.
 */
@Service
class PasswordCheck implements PasswordGuard {

    private static final String ANY_EMAIL = "";
    /** No e-mail has a line break. */
    private static final String UNLOCKING = "unlocking\n";

    /** For a look that another request has begun: longer than the directory has for an answer. */
    private static final long LONGEST_SECONDS = 30;

    private final Directory directory;
    private final FailedAttempts attempts;
    private final ConcurrentHashMap<String, CompletableFuture<PasswordVerdict>> underWay = new ConcurrentHashMap<>();

    PasswordCheck(Directory directory, FailedAttempts attempts) {
        this.directory = directory;
        this.attempts = attempts;
    }

    /** The same sent many times at once is one attempt: a program that begins with twenty requests does not guess. */
    @Override
    public PasswordVerdict check(String email, String secret, String address) {
        var mine = new CompletableFuture<PasswordVerdict>();
        var what = Ids.sha256(String.join("\n", email, address, secret));
        var other = underWay.putIfAbsent(what, mine);
        if (other != null) {
            return waitFor(other);
        }
        try {
            mine.complete(look(email, secret, address));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        } finally {
            underWay.remove(what, mine);
        }
        return waitFor(mine);
    }

    private static PasswordVerdict waitFor(CompletableFuture<PasswordVerdict> look) {
        try {
            return look.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refusal ? refusal : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw notLookedAt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notLookedAt();
        }
    }

    private static ProblemException notLookedAt() {
        return Problem.of(ProblemCode.UNAVAILABLE, "The password can not be looked at now.")
                .exception();
    }

    private PasswordVerdict look(String email, String secret, String address) {
        // Counted before the check: if it were counted afterwards, a thousand guesses sent at once would all be checked
        // before the first had failed.
        var ofEmail = attempts.count(email, address);
        if (ofEmail.ofMinute() > FailedAttempts.LIMIT) {
            return PasswordVerdict.TOO_MANY;
        }
        var ofAddress = attempts.count(ANY_EMAIL, address);
        if (ofAddress.ofMinute() > FailedAttempts.LIMIT_OF_ADDRESS) {
            return PasswordVerdict.TOO_MANY;
        }
        try {
            if (!isRight(email, secret, address)) {
                return PasswordVerdict.WRONG;
            }
        } catch (RuntimeException e) {
            // No password was checked, so none was wrong, whatever went wrong instead.
            takeBack(ofEmail, ofAddress);
            throw e;
        }
        takeBack(ofEmail, ofAddress);
        return PasswordVerdict.RIGHT;
    }

    private void takeBack(FailedAttempt ofEmail, FailedAttempt ofAddress) {
        attempts.takeBack(ofEmail);
        attempts.takeBack(ofAddress);
    }

    /**
     * The directory locks an account for wrong passwords at its log-in page, whoever tried them: a stranger elsewhere must
     * not keep the owner out here, where failures are counted per address. Each lock that is lifted gives that stranger ten
     * guesses more, so that is done once a minute for an e-mail and address.
     */
    private boolean isRight(String email, String secret, String address) {
        var answer = directory.tryPassword(email, secret);
        if (answer == PasswordAnswer.LOCKED
                && attempts.count(UNLOCKING + email, address).ofMinute() == 1) {
            directory.unlock(email);
            answer = directory.tryPassword(email, secret);
        }
        return answer == PasswordAnswer.RIGHT;
    }
}
