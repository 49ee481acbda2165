package dev.weft.identity.password;

/** Looks at passwords, and counts the wrong ones, so that they can not be tried out. */
public interface PasswordGuard {

    PasswordVerdict check(String email, String password, String address);
}
