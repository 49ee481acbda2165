package dev.weft.identity.authentication;

import dev.weft.identity.directory.Directory;
import org.springframework.stereotype.Service;

/**
 * Whether a secret is the password of an account. A key can not be guessed, a password can: past a limit none is looked
 * at, not even the right one. An address that nobody has costs the same look as one that somebody has, so that answer
 * times do not tell which e-mails exist (the directory hashes a password for unknown names too); therefore what one
 * client address may make us look at is bounded over all e-mails as well.
 */
@Service
class PasswordCheck {

    private static final String ANY_EMAIL = "";

    private final Directory directory;
    private final FailedAttempts attempts;

    PasswordCheck(Directory directory, FailedAttempts attempts) {
        this.directory = directory;
        this.attempts = attempts;
    }

    boolean isPasswordOf(String email, String secret, String address) {
        if (attempts.soFar(email, address) >= FailedAttempts.LIMIT
                || attempts.soFar(ANY_EMAIL, address) >= FailedAttempts.LIMIT_OF_ADDRESS) {
            return false;
        }
        if (directory.knowsPassword(email, secret)) {
            return true;
        }
        attempts.count(ANY_EMAIL, address);
        return false;
    }
}
