package dev.weft.identity.authentication;

import dev.weft.identity.user.PasswordGuard;
import org.springframework.stereotype.Service;

/** Counts wrong passwords of users that are logged in among the failed authentications. */
@Service
class PasswordAttempts implements PasswordGuard {

    private final FailedAttempts attempts;

    PasswordAttempts(FailedAttempts attempts) {
        this.attempts = attempts;
    }

    @Override
    public void wrongPassword(String email, String address) {
        attempts.count(email, address);
    }

    @Override
    public boolean isExhausted(String email, String address) {
        return attempts.soFar(email, address) >= FailedAttempts.LIMIT;
    }
}
