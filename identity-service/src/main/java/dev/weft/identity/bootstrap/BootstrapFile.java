package dev.weft.identity.bootstrap;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.identity.user.PasswordRule;

/** The part of the launcher's {@code credentials.json} that is read here; ids in it are ours to say, so not read. */
record BootstrapFile(
        TenantPart tenant,
        @JsonProperty("tenant_admin") AdminPart admin,
        @JsonProperty("service_account") AccountPart account) {

    record TenantPart(String code) {}

    record AdminPart(
            String email,
            String password,
            @JsonProperty("api_key") String apiKey) {

        /**
         * Asked before anything is made, since the realm would refuse the password afterwards, when nobody looks. Not
         * for an administrator who is there: what the file says of that one is old.
         */
        void requirePassword() {
            if (!PasswordRule.accepts(password)) {
                throw new IllegalStateException(
                        "The password of tenant_admin in the bootstrap file (WEFT_BOOTSTRAP_FILE)"
                                + " can not be taken, so nothing was made. " + PasswordRule.TEXT);
            }
        }

        @Override
        public String toString() {
            return "AdminPart[" + email + "]";
        }
    }

    record AccountPart(String login, String password) {

        @Override
        public String toString() {
            return "AccountPart[" + login + "]";
        }
    }
}
