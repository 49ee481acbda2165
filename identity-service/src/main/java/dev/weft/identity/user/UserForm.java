package dev.weft.identity.user;

import dev.weft.common.jsonapi.Fields;
import dev.weft.identity.password.PasswordRule;
import dev.weft.identity.userrecord.EmailAddress;
import java.util.Optional;

/** Reads the attributes of a user from a document; faults are collected in its {@link Fields}. */
record UserForm(Fields fields) {

    private static final int LONGEST_NAME = 255;

    String requiredName(String attribute) {
        return fields.requiredText(attribute, 1, LONGEST_NAME);
    }

    Optional<String> name(String attribute) {
        return fields.text(attribute, 1, LONGEST_NAME);
    }

    /** Empty when it was not sent; empty inside when that takes the company away. */
    Optional<Optional<String>> company() {
        return fields.has("company")
                ? Optional.of(Optional.ofNullable(fields.nullableText("company", LONGEST_NAME))
                        .filter(company -> !company.isEmpty()))
                : Optional.empty();
    }

    /** The e-mail in its normal form. */
    String email() {
        var email = EmailAddress.normal(fields.requiredText("email", 1, 254));
        if (!email.isEmpty() && !EmailAddress.isValid(email)) {
            fields.problem("email", "email must be an e-mail address.");
        }
        return email;
    }

    /** A new password, as it is: blanks around it belong to it. */
    String newPassword() {
        // Not read like other texts, which are trimmed: a password may end with a blank.
        var sent = fields.node("password");
        var password = sent.isString() ? sent.stringValue() : "";
        if (!PasswordRule.accepts(password)) {
            fields.problem("password", PasswordRule.TEXT);
        }
        return password;
    }

    /** The password that shows who asks; empty when it was not sent. */
    String currentPassword() {
        var sent = fields.node("current_password");
        return sent.isString() ? sent.stringValue() : "";
    }
}
