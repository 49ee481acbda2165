package dev.weft.identity.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.weft.common.token.InternalPaths;
import dev.weft.identity.secret.InstallationSecrets;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the signing key and its users; the open paths are those that a service calls before it has a token. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    SigningKey signingKey(InstallationSecrets secrets) {
        return SigningKey.of(secrets.getOrMake("internal-token-key", SigningKey::make));
    }

    @Bean
    TokenIssuer tokenIssuer(SigningKey key, Clock clock) {
        return new TokenIssuer(key, clock);
    }

    @Bean
    ServiceDoor serviceDoor(TokenProperties properties) {
        return new ServiceDoor(properties.serviceSecret());
    }

    /** This service verifies with the key it holds, not by asking itself. */
    @Bean
    JWKSource<SecurityContext> internalTokenKeys(SigningKey key) {
        return new ImmutableJWKSet<>(new JWKSet(key.key().toPublicJWK()));
    }

    @Bean
    InternalPaths openPaths() {
        return new InternalPaths(
                List.of("/error", "/internal/jwks", "/internal/service-tokens", "/internal/authentications"));
    }
}
