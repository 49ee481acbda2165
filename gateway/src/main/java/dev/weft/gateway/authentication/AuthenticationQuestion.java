package dev.weft.gateway.authentication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The question to identity-service: {@code {"scheme":"basic","user","secret","password_allowed","address"}} or
 * {@code {"scheme":"bearer","token","address"}}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuthenticationQuestion(
        String scheme,
        @Nullable String user,
        @Nullable String secret,
        @Nullable String token,
        @JsonProperty("password_allowed") boolean passwordAllowed,
        String address) {

    /** Empty when the header is of no scheme that we know, or malformed. */
    static Optional<AuthenticationQuestion> of(String header, boolean passwordAllowed, String address) {
        var space = header.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        var scheme = header.substring(0, space);
        var value = header.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer") && !value.isEmpty()) {
            return Optional.of(new AuthenticationQuestion("bearer", null, null, value, false, address));
        }
        return scheme.equalsIgnoreCase("Basic") ? basic(value, passwordAllowed, address) : Optional.empty();
    }

    private static Optional<AuthenticationQuestion> basic(String value, boolean passwordAllowed, String address) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // The first one: a secret may hold colons.
        var colon = pair.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        return Optional.of(new AuthenticationQuestion(
                "basic", pair.substring(0, colon), pair.substring(colon + 1), null, passwordAllowed, address));
    }

    /** Until when a bearer token is good by its own word; whether it is good at all is for identity-service to say. */
    Optional<Instant> tokenEnd() {
        if (token == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime())
                    .map(Date::toInstant);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return scheme + " of " + user;
    }
}
