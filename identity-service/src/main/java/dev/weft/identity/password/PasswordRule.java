package dev.weft.identity.password;

/**
 * The rule for passwords: at least eight characters, among them a letter, a digit and a special character (api-v2 4.5).
 */
public final class PasswordRule {

    public static final String TEXT =
            "A password needs 8 to 256 characters, among them a letter, a digit and a special character.";
    private static final int SHORTEST = 8;
    private static final int LONGEST = 256;

    private PasswordRule() {}

    public static boolean accepts(String password) {
        return password.length() >= SHORTEST
                && password.length() <= LONGEST
                // Half of a surrogate pair has no UTF-8 form, so the directory would get another password.
                && password.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE)
                && password.codePoints().anyMatch(Character::isLetter)
                && password.codePoints().anyMatch(Character::isDigit)
                && password.codePoints().anyMatch(c -> !Character.isLetterOrDigit(c) && !Character.isISOControl(c));
    }
}
