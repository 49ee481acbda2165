package dev.weft.identity.keycloak;

import dev.weft.identity.directory.BearerSubject;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Verifies access tokens of the realm: signature, issuer, time, audience, and the claims that name our user. */
class KeycloakTokens {

    private static final Logger log = LoggerFactory.getLogger(KeycloakTokens.class);

    private final NimbusJwtDecoder decoder;

    KeycloakTokens(KeycloakProperties properties) {
        this.decoder = NimbusJwtDecoder.withJwkSetUri(
                        properties.url() + "/realms/" + Realm.NAME + "/protocol/openid-connect/certs")
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(properties.issuer()),
                new JwtClaimValidator<List<String>>(
                        "aud", audience -> audience != null && audience.contains(Realm.AUDIENCE))));
    }

    Optional<BearerSubject> subjectOf(String token) {
        Jwt jwt;
        try {
            jwt = decoder.decode(token);
        } catch (BadJwtException e) {
            log.debug("A bearer token is refused: {}", e.getMessage());
            return Optional.empty();
        } catch (JwtException e) {
            log.warn("A bearer token can not be verified: {}", e.getMessage());
            throw KeycloakHttp.unavailable();
        }
        var user = jwt.getClaimAsString(Realm.USER_CLAIM);
        var tenant = jwt.getClaimAsString(Realm.TENANT_CLAIM);
        return user == null || tenant == null ? Optional.empty() : Optional.of(new BearerSubject(user, tenant));
    }
}
