package dev.weft.identity.user;

/** Counts wrong passwords, so that they can not be tried out. */
public interface PasswordGuard {

    /** Notes one wrong password for that e-mail from that address. */
    void wrongPassword(String email, String address);

    /** Whether no further password is looked at for now. */
    boolean isExhausted(String email, String address);
}
