package dev.weft.identity.keycloak;

import java.util.List;
import java.util.Map;

/** The clients of the realm, as Keycloak's admin API takes them. */
final class RealmClients {

    static final String LOGIN_CLIENT = "weft-cli";
    /** Where the program on a person's machine waits for the code; no path of the gateway's. */
    static final String LOGIN_PATH = "/callback";

    static final String PASSWORD_CLIENT = "weft-identity";

    private RealmClients() {}

    /**
     * The public client of people: code flow with PKCE, and the device flow for machines without a browser. A code goes
     * to a program on the person's own machine, which listens on any port of a loopback address at this one path (RFC
     * 8252 7.3); a wildcard would take the installation's own addresses too, and with them the webhook of any flow. Nor is
     * anybody logged in without having been asked: who is logged in already would not notice.
     */
    static Map<String, Object> login() {
        return Map.ofEntries(
                Map.entry("clientId", LOGIN_CLIENT),
                Map.entry("name", "Weft command line"),
                Map.entry("publicClient", true),
                Map.entry("standardFlowEnabled", true),
                Map.entry("directAccessGrantsEnabled", false),
                Map.entry("implicitFlowEnabled", false),
                // Otherwise a program on the same machine could silently get a code for whoever is logged in.
                Map.entry("consentRequired", true),
                Map.entry("redirectUris", List.of("http://127.0.0.1" + LOGIN_PATH)),
                Map.entry("webOrigins", List.of()),
                Map.entry(
                        "attributes",
                        Map.of(
                                "pkce.code.challenge.method", "S256",
                                "oauth2.device.authorization.grant.enabled", "true")),
                Map.entry("protocolMappers", List.of(audience(), claim(Realm.USER_CLAIM), claim(Realm.TENANT_CLAIM))));
    }

    /** The client with which passwords are checked. */
    static Map<String, Object> password(String secret) {
        return Map.of(
                "clientId", PASSWORD_CLIENT,
                "name", "Password check of identity-service",
                "publicClient", false,
                "secret", secret,
                "standardFlowEnabled", false,
                "directAccessGrantsEnabled", true,
                // Nobody uses this client's tokens, so they should grant nothing.
                "fullScopeAllowed", false);
    }

    private static Map<String, Object> audience() {
        return mapper(
                "audience",
                "oidc-audience-mapper",
                Map.of(
                        "included.custom.audience", Realm.AUDIENCE,
                        "access.token.claim", "true",
                        "id.token.claim", "false"));
    }

    private static Map<String, Object> claim(String name) {
        return mapper(
                name,
                "oidc-usermodel-attribute-mapper",
                Map.of(
                        "user.attribute", name,
                        "claim.name", name,
                        "jsonType.label", "String",
                        "access.token.claim", "true",
                        "id.token.claim", "true",
                        "userinfo.token.claim", "true"));
    }

    private static Map<String, Object> mapper(String name, String type, Map<String, String> settings) {
        return Map.of("name", name, "protocol", "openid-connect", "protocolMapper", type, "config", settings);
    }
}
