package dev.weft.identity.authentication;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** The credentials that a caller sent to the gateway; {@code scheme} tells their kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "scheme")
sealed interface AuthenticationRequest {

    /**
     * {@code {"scheme":"basic","user","secret","password_allowed","address"}}.
     *
     * @param user            an e-mail, or the login of a service account
     * @param passwordAllowed whether the secret may be the account's password: at the two endpoints that give a first
     *                        key
     * @param address         the client's; failures are counted for it
     */
    @JsonTypeName("basic")
    record Basic(
            String user,
            String secret,
            @JsonProperty("password_allowed") boolean passwordAllowed,
            @Nullable String address)
            implements AuthenticationRequest {

        @Override
        public String toString() {
            return "Basic[" + user + "]";
        }
    }

    /**
     * {@code {"scheme":"bearer","token","address"}}: an access token of the directory, or one that a client has made of a
     * machine key.
     */
    @JsonTypeName("bearer")
    record Bearer(String token, @Nullable String address) implements AuthenticationRequest {

        @Override
        public String toString() {
            return "Bearer[]";
        }
    }
}
