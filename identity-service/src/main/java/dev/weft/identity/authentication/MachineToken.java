package dev.weft.identity.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.common.id.Ids;
import dev.weft.identity.machinekey.MachineKey;
import dev.weft.identity.machinekey.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * A JWT that a client has made of a machine key: header {@code {"alg":"HS256","kid":<access key>}}, claims
 * {@code {"iss":"urn:meshes:m2m:<access key>","aud":"meshes-api","org","iat","exp"}}.
 *
 * <p>Source: api-meshes 1.2, 6.6 and 6.7.
 */
final class MachineToken {

    private static final String ISSUER = "urn:meshes:m2m:";
    private static final List<String> AUDIENCE = List.of("meshes-api");
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final SignedJWT token;
    private final JWTClaimsSet claims;
    private final String accessKey;

    private MachineToken(SignedJWT token, JWTClaimsSet claims, String accessKey) {
        this.token = token;
        this.claims = claims;
        this.accessKey = accessKey;
    }

    /** Empty when the text names no machine key: then it may be a token of the directory. */
    static Optional<MachineToken> read(String text) {
        try {
            var token = SignedJWT.parse(text);
            var key = token.getHeader().getKeyID();
            return key != null && Ids.isAccessKey(key)
                    ? Optional.of(new MachineToken(token, token.getJWTClaimsSet(), key))
                    : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    String accessKey() {
        return accessKey;
    }

    /** By the one algorithm: a token does not choose how it is verified. */
    boolean isSignedWith(MachineKey key) {
        if (!token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)) {
            return false;
        }
        try {
            // The secret is a text for clients, so its characters sign, and not what they may be the Base64 of.
            return token.verify(new MACVerifier(key.secret().reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            return false;
        }
    }

    /** Whether what it says is right for the key, now. */
    boolean holds(MachineKey key, Instant now) {
        try {
            var organization = claims.getStringClaim("org");
            return (ISSUER + key.accessKey()).equals(claims.getIssuer())
                    && AUDIENCE.equals(claims.getAudience())
                    && organization != null
                    && OrganizationId.names(organization, key.tenantId())
                    && isInTime(now);
        } catch (ParseException e) {
            return false;
        }
    }

    private boolean isInTime(Instant now) {
        var issue = claims.getIssueTime();
        var expiration = claims.getExpirationTime();
        if (issue == null || expiration == null) {
            return false;
        }
        var from = issue.toInstant();
        var end = expiration.toInstant();
        // Without the second condition a token for next year could be made today, and kept.
        return !from.plus(LONGEST).isBefore(end)
                && hasBegun(issue, now)
                && end.plus(SKEW).isAfter(now)
                && (claims.getNotBeforeTime() == null || hasBegun(claims.getNotBeforeTime(), now));
    }

    private static boolean hasBegun(Date date, Instant now) {
        return !date.toInstant().isAfter(now.plus(SKEW));
    }
}
