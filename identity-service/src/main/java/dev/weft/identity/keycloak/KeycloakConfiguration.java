package dev.weft.identity.keycloak;

import dev.weft.common.id.Ids;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.secret.InstallationSecrets;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the Keycloak classes; the rest of the service sees one {@link Directory}. */
@Configuration(proxyBeanMethods = false)
class KeycloakConfiguration {

    @Bean
    KeycloakHttp keycloakHttp(KeycloakProperties properties, JsonMapper json) {
        return new KeycloakHttp(properties.url(), json);
    }

    @Bean
    KeycloakAdmin keycloakAdmin(KeycloakHttp http, KeycloakProperties properties, Clock clock) {
        return new KeycloakAdmin(http, properties, clock);
    }

    @Bean
    PasswordClientSecret passwordClientSecret(InstallationSecrets secrets, Ids ids) {
        return new PasswordClientSecret(secrets.getOrMake("keycloak-password-client", ids::nextSecret));
    }

    @Bean
    RealmSetup realmSetup(KeycloakAdmin admin, PasswordClientSecret secret) {
        return new RealmSetup(admin, secret);
    }

    @Bean
    Directory directory(
            KeycloakHttp http, KeycloakAdmin admin, KeycloakProperties properties, PasswordClientSecret secret) {
        var users = new KeycloakUsers(admin);
        var organizations = new Organizations(admin);
        var providers = new IdentityProviders(admin, users, organizations);
        return new KeycloakDirectory(
                http,
                users,
                organizations,
                providers,
                new SecondFactors(admin),
                new KeycloakTokens(properties, providers),
                secret);
    }
}
