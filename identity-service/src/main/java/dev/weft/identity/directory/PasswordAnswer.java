package dev.weft.identity.directory;

/**
 * The directory's answer about a password; {@code LOCKED}: not checked now, since too many wrong ones were tried there.
 */
public enum PasswordAnswer {
    RIGHT,
    WRONG,
    LOCKED
}
