package dev.weft.identity.keycloak;

import dev.weft.identity.directory.BearerSubject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Verifies access tokens of the realm: signature, issuer, time, audience; and whom they name. */
class KeycloakTokens {

    private static final Logger log = LoggerFactory.getLogger(KeycloakTokens.class);

    private final NimbusJwtDecoder decoder;
    private final IdentityProviders providers;

    KeycloakTokens(KeycloakProperties properties, IdentityProviders providers) {
        this.providers = providers;
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
        return user == null || tenant == null
                ? foreign(jwt.getSubject())
                : Optional.of(new BearerSubject.Account(user, tenant));
    }

    /** Of an account that Keycloak made when somebody came from an identity provider whom no user was linked to. */
    private Optional<BearerSubject> foreign(@Nullable String keycloakUserId) {
        if (keycloakUserId == null) {
            return Optional.empty();
        }
        var identities = providers.identitiesOf(keycloakUserId);
        return identities.isEmpty() ? Optional.empty() : Optional.of(new BearerSubject.Foreign(identities));
    }
}
