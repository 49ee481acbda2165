package dev.weft.identity.password;

/** The result of a password check; {@code TOO_MANY}: not checked, since too many were wrong in the last minute. */
public enum PasswordVerdict {
    RIGHT,
    WRONG,
    TOO_MANY
}
