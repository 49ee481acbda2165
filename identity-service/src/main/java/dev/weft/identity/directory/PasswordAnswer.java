package dev.weft.identity.directory;

/** What the directory says of a password; {@code LOCKED}: nothing for now, since too many wrong ones were tried there. */
public enum PasswordAnswer {
    RIGHT,
    WRONG,
    LOCKED
}
