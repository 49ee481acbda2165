package dev.weft.identity.keycloak;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Addresses and administrator of Keycloak.
 *
 * @param url           its address for this service, with path ({@code http://localhost:8180/auth})
 * @param publicUrl     the installation's address: {@code <publicUrl>/auth/realms/weft} is the issuer of tokens
 * @param adminUser     an administrator of the master realm
 */
@ConfigurationProperties("weft.keycloak")
record KeycloakProperties(URI url, URI publicUrl, String adminUser, String adminPassword) {

    String issuer() {
        return publicUrl + "/auth/realms/" + Realm.NAME;
    }

    @Override
    public String toString() {
        return "KeycloakProperties[" + url + "]";
    }
}
