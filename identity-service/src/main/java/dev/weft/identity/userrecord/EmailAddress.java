package dev.weft.identity.userrecord;

import java.util.Locale;
import java.util.regex.Pattern;

/** E-mail addresses as user names: case does not matter, so they are stored in lower case. */
public final class EmailAddress {

    private static final Pattern FORM =
            Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");
    private static final int LONGEST = 254;

    private EmailAddress() {}

    public static String normal(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a normal form is an address that mail can be sent to, as far as its form tells. */
    public static boolean isValid(String normal) {
        return normal.length() <= LONGEST && FORM.matcher(normal).matches();
    }

    public static String domainOf(String normal) {
        return normal.substring(normal.lastIndexOf('@') + 1);
    }
}
