package dev.weft.identity.bootstrap;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.identity.password.PasswordRule;

/** The first administrator of the tenant that an installation begins with. */
record BootstrapAdmin(
        String email,
        String password,
        @JsonProperty("api_key") String apiKey) {

    /**
     * Asked before anything is made, since the realm would refuse the password afterwards, when nobody looks. Not
     * for an administrator who is there: what the file says of that one is old.
     */
    void requirePassword() {
        if (!PasswordRule.accepts(password)) {
            throw new IllegalStateException("The password of tenant_admin in the bootstrap file (WEFT_BOOTSTRAP_FILE)"
                    + " can not be taken, so nothing was made. " + PasswordRule.TEXT);
        }
    }

    @Override
    public String toString() {
        return "BootstrapAdmin[" + email + "]";
    }
}
