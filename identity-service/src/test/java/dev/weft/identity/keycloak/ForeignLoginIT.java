package dev.weft.identity.keycloak;

import static dev.weft.identity.Installation.random;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.identity.Installation;
import dev.weft.identity.TestServers;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People who come from the identity provider of their tenant, in whose place stands another realm of the same Keycloak. */
class ForeignLoginIT {

    private static final String REALM = TestServers.keycloakUrl() + "/realms/weft";
    private static final String ELSEWHERE = "acme-" + random();
    private static final String PROVIDER = ELSEWHERE + "-provider";
    private static final String ISSUER = TestServers.keycloakUrl() + "/realms/" + ELSEWHERE;
    private static final String PASSWORD = "Elsewhere-1!";

    private static Installation installation;

    @BeforeAll
    static void start() {
        installation = new Installation();
        installation.awaitDirectory();
        var secret = random() + random();
        keycloak().create("", Map.of("realm", ELSEWHERE, "enabled", true));
        keycloak()
                .create(
                        "/" + ELSEWHERE + "/clients",
                        Map.of(
                                "clientId",
                                "weft",
                                "secret",
                                secret,
                                "publicClient",
                                false,
                                "standardFlowEnabled",
                                true,
                                "redirectUris",
                                List.of(REALM + "/broker/" + PROVIDER + "/endpoint")));
        keycloak()
                .create(
                        "/weft/identity-provider/instances",
                        Map.of(
                                "alias",
                                PROVIDER,
                                "providerId",
                                "oidc",
                                "enabled",
                                true,
                                "config",
                                Map.of(
                                        "issuer",
                                        ISSUER,
                                        "authorizationUrl",
                                        ISSUER + "/protocol/openid-connect/auth",
                                        "tokenUrl",
                                        ISSUER + "/protocol/openid-connect/token",
                                        "jwksUrl",
                                        ISSUER + "/protocol/openid-connect/certs",
                                        "useJwksUrl",
                                        "true",
                                        "validateSignature",
                                        "true",
                                        "clientId",
                                        "weft",
                                        "clientSecret",
                                        secret,
                                        "clientAuthMethod",
                                        "client_secret_post",
                                        "defaultScope",
                                        "openid profile email")));
        var tenant = installation.call(installation.adminBearer(), "GET", "/v2/tenants", null);
        var code = installation
                .server
                .bean(TenantRepository.class)
                .find(tenant.at("/data/0/id").asString())
                .orElseThrow()
                .code();
        var organization = keycloak()
                .find("/weft/organizations?exact=true&search=" + code)
                .orElseThrow()
                .at("/0/id")
                .asString();
        keycloak().create("/weft/organizations/" + organization + "/identity-providers", PROVIDER);
    }

    @AfterAll
    static void stop() {
        keycloak().delete("/weft/identity-provider/instances/" + PROVIDER);
        keycloak().delete("/" + ELSEWHERE);
        installation.close();
    }

    private static KeycloakAdmin keycloak() {
        return installation.server.bean(KeycloakAdmin.class);
    }

    /** The id that somebody has at the provider. */
    private static String someoneElsewhere(String name) {
        keycloak()
                .create(
                        "/" + ELSEWHERE + "/users",
                        Map.of(
                                "username",
                                name,
                                "email",
                                name + "@elsewhere.example",
                                "emailVerified",
                                true,
                                "firstName",
                                "Els",
                                "lastName",
                                "Where",
                                "enabled",
                                true,
                                "credentials",
                                List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false))));
        return keycloak()
                .find("/" + ELSEWHERE + "/users?exact=true&username=" + name)
                .orElseThrow()
                .at("/0/id")
                .asString();
    }

    private static Answer aUser() {
        return installation.call(
                installation.adminBearer(),
                "POST",
                "/v2/users",
                Installation.newUser("user-" + random() + "@example.com", "Right-pass1!"));
    }

    private static Answer identify(String user, String sub) {
        var added = installation.call(
                installation.adminBearer(),
                "POST",
                "/v2/users/" + user + "/openid/identities",
                Installation.document("openid-identity", Map.of("iss", ISSUER, "sub", sub)));
        assertThat(added.status()).as(added.json().toString()).isEqualTo(201);
        return added;
    }

    private static String logIn(String name) {
        return new BrowserLogin(REALM)
                .logInAt(PROVIDER, name, PASSWORD)
                .orElseThrow()
                .path("access_token")
                .asString();
    }

    private static Answer whose(String token) {
        return installation.authenticate(Map.of("scheme", "bearer", "token", token));
    }

    @Test
    void whoIsLinkedComesInAsTheUser() throws Exception {
        var name = "linked-" + random();
        var user = aUser();
        var added = identify(user.id(), someoneElsewhere(name));

        var token = logIn(name);

        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaim("weft_user"))
                .isEqualTo(user.id());
        assertThat(whose(token).json().path("id").asString()).isEqualTo(user.id());

        var identity = "/v2/users/" + user.id() + "/openid/identities/" + added.id();
        assertThat(installation
                        .call(installation.adminBearer(), "DELETE", identity, null)
                        .status())
                .isEqualTo(204);
        var stranger = logIn(name);
        assertThat(SignedJWT.parse(stranger).getJWTClaimsSet().getClaim("weft_user"))
                .isNull();
        assertThat(whose(stranger).status()).isEqualTo(401);
    }

    /** Keycloak has made an account of nobody's for who came before anybody knew who that is. */
    @Test
    void whoCameBeforeIsTheUserFromThenOn() {
        var name = "early-" + random();
        var sub = someoneElsewhere(name);
        var token = logIn(name);
        assertThat(whose(token).status()).isEqualTo(401);

        var user = aUser();
        var added = identify(user.id(), sub);
        assertThat(whose(token).json().path("id").asString()).isEqualTo(user.id());
        assertThat(whose(logIn(name)).json().path("id").asString()).isEqualTo(user.id());

        var identity = "/v2/users/" + user.id() + "/openid/identities/" + added.id();
        installation.call(installation.adminBearer(), "DELETE", identity, null);
        assertThat(whose(token).status()).isEqualTo(401);
    }
}
