package dev.weft.identity.user;

/** Looks at passwords, and counts the wrong ones, so that they can not be tried out. */
public interface PasswordGuard {

    /** What a password is; {@code TOO_MANY}: nobody looked, since too many were wrong in the last minute. */
    enum Verdict {
        RIGHT,
        WRONG,
        TOO_MANY
    }

    Verdict check(String email, String password, String address);
}
