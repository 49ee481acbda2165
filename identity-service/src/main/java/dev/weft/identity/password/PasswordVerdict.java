package dev.weft.identity.password;

/** What a password is; {@code TOO_MANY}: nobody looked, since too many were wrong in the last minute. */
public enum PasswordVerdict {
    RIGHT,
    WRONG,
    TOO_MANY
}
