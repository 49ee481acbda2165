package dev.weft.identity.bootstrap;

import com.fasterxml.jackson.annotation.JsonProperty;

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
