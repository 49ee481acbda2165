package dev.weft.identity.keycloak;

import java.util.List;
import java.util.Map;

/** What the realm consists of, as Keycloak's admin API takes it. */
final class Realm {

    static final String NAME = "weft";
    static final String LOGIN_CLIENT = "weft-cli";
    static final String PASSWORD_CLIENT = "weft-identity";
    static final String AUDIENCE = "weft-gateway";
    static final String USER_CLAIM = "weft_user";
    static final String TENANT_CLAIM = "weft_tenant";

    private Realm() {}

    /** Users are named by e-mail; wrong passwords are counted by us, per client address, so not by Keycloak. */
    static Map<String, Object> settings() {
        return Map.ofEntries(
                Map.entry("realm", NAME),
                Map.entry("displayName", "Weft"),
                Map.entry("enabled", true),
                Map.entry("organizationsEnabled", true),
                Map.entry("registrationAllowed", false),
                Map.entry("resetPasswordAllowed", false),
                Map.entry("duplicateEmailsAllowed", true),
                Map.entry("loginWithEmailAllowed", false),
                Map.entry("verifyEmail", false),
                Map.entry("bruteForceProtected", false),
                Map.entry("accessTokenLifespan", 300));
    }

    /**
     * Declares the two attributes that tokens carry: what is not declared is dropped, and what a user might edit must
     * not name a tenant. No other rules: our own are stricter, and a refusal of Keycloak's could not be explained.
     */
    static Map<String, Object> userProfile() {
        return Map.of(
                "unmanagedAttributePolicy",
                "ADMIN_EDIT",
                "attributes",
                List.of(
                        attribute("username", false),
                        attribute("email", false),
                        attribute("firstName", false),
                        attribute("lastName", false),
                        attribute(USER_CLAIM, true),
                        attribute(TENANT_CLAIM, true)));
    }

    private static Map<String, Object> attribute(String name, boolean hidden) {
        return Map.of(
                "name",
                name,
                "permissions",
                Map.of("view", hidden ? List.of("admin") : List.of("admin", "user"), "edit", List.of("admin")),
                "multivalued",
                false);
    }

    /** The public client of people: code flow with PKCE, and the device flow for machines without a browser. */
    static Map<String, Object> loginClient() {
        return Map.of(
                "clientId",
                LOGIN_CLIENT,
                "name",
                "Weft command line",
                "publicClient",
                true,
                "standardFlowEnabled",
                true,
                "directAccessGrantsEnabled",
                false,
                "implicitFlowEnabled",
                false,
                "redirectUris",
                List.of("http://localhost:*", "http://127.0.0.1:*"),
                "webOrigins",
                List.of("+"),
                "attributes",
                Map.of(
                        "pkce.code.challenge.method", "S256",
                        "oauth2.device.authorization.grant.enabled", "true"),
                "protocolMappers",
                List.of(audience(), claim(USER_CLAIM), claim(TENANT_CLAIM)));
    }

    /** The client with which passwords are checked. */
    static Map<String, Object> passwordClient(String secret) {
        return Map.of(
                "clientId", PASSWORD_CLIENT,
                "name", "Password check of identity-service",
                "publicClient", false,
                "secret", secret,
                "standardFlowEnabled", false,
                "directAccessGrantsEnabled", true,
                "fullScopeAllowed", false);
    }

    private static Map<String, Object> audience() {
        return mapper(
                "audience",
                "oidc-audience-mapper",
                Map.of(
                        "included.custom.audience", AUDIENCE,
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
