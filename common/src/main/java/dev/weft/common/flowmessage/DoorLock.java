package dev.weft.common.flowmessage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How callers of a webhook prove who they are, made of the credential of the first step; secrets are digests where
 * possible.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface DoorLock {

    /** The header that holds the proof, in lower case; it never reaches the flow. */
    default Optional<String> header() {
        return Optional.empty();
    }

    /** Anybody. */
    @JsonTypeName("no_auth")
    record Open() implements DoorLock {}

    /** Nobody: the credential does not say how callers prove themselves. */
    @JsonTypeName("closed")
    record Closed() implements DoorLock {}

    /** User name and password. */
    @JsonTypeName("basic")
    record Basic(
            @JsonProperty("username") String username,
            @JsonProperty("password_sha256") String passwordSha256) implements DoorLock {}

    /** A header with a secret value. */
    @JsonTypeName("api_key")
    record ApiKey(
            @JsonProperty("headerName") String headerName,
            @JsonProperty("value_sha256") String valueSha256) implements DoorLock {

        @Override
        public Optional<String> header() {
            return Optional.of(headerName.toLowerCase(Locale.ROOT));
        }
    }

    /** A keyed digest of the raw body. */
    @JsonTypeName("hmac")
    record Hmac(
            @JsonProperty("hmacSecret") String secret,
            @JsonProperty("headerName") @Nullable String headerName) implements DoorLock {

        public static final String USUAL = "x-eio-signature";

        @Override
        public Optional<String> header() {
            return Optional.of(name());
        }

        public String name() {
            return headerName == null || headerName.isBlank() ? USUAL : headerName.toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "Hmac in " + name();
        }
    }
}
