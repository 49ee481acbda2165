package dev.weft.identity.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.identity.machinekey.OrganizationId;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

/** Tokens as clients make them of their machine keys. */
public final class MachineTokens {

    private MachineTokens() {}

    /** A good one of a minute, but for what is changed. */
    public static String token(
            String accessKey, String secret, String tenantId, Instant now, Consumer<JWTClaimsSet.Builder> change) {
        return token(JWSAlgorithm.HS256, accessKey, secret, tenantId, now, change);
    }

    static String token(
            JWSAlgorithm algorithm,
            String accessKey,
            String secret,
            String tenantId,
            Instant now,
            Consumer<JWTClaimsSet.Builder> change) {
        var claims = new JWTClaimsSet.Builder()
                .issuer("urn:meshes:m2m:" + accessKey)
                .audience("meshes-api")
                .claim("org", OrganizationId.of(tenantId))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)));
        change.accept(claims);
        var token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(accessKey).build(), claims.build());
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
