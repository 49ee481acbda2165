package dev.weft.identity.authentication;

import dev.weft.identity.user.PasswordGuard;
import org.springframework.stereotype.Service;

/** Counts wrong passwords of users that are logged in among the failed authentications. */
@Service
class PasswordAttempts implements PasswordGuard {

    /** There is one limit for all addresses: whoever asks is logged in as the user already. */
    private static final String ANYWHERE = "logged-in";

    private final FailedAttempts attempts;

    PasswordAttempts(FailedAttempts attempts) {
        this.attempts = attempts;
    }

    @Override
    public void wrongPassword(String email) {
        attempts.count(email, ANYWHERE);
    }

    @Override
    public boolean isExhausted(String email) {
        return attempts.soFar(email, ANYWHERE) >= FailedAttempts.LIMIT;
    }
}
