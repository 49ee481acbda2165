package dev.weft.identity.password;

/** Checks passwords, and counts wrong ones so that they can not be guessed. */
public interface PasswordGuard {

    PasswordVerdict check(String email, String password, String address);
}
