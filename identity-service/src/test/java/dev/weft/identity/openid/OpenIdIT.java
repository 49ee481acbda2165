package dev.weft.identity.openid;

import static dev.weft.identity.Installation.document;
import static dev.weft.identity.Installation.newUser;
import static dev.weft.identity.Installation.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.service.StartedService.Answer;
import dev.weft.identity.Installation;
import dev.weft.identity.keycloak.PlayedKeycloak;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Foreign identities of users (api-v2 4.5). */
class OpenIdIT {

    private static final String ISSUER = "https://idp.example.com/realms/acme";
    private static PlayedKeycloak keycloak;
    private static Installation installation;

    private final String user = aUser();
    private final String path = "/v2/users/" + user + "/openid/identities";
    private final String sub = "sub-" + random();

    @BeforeAll
    static void start() {
        keycloak = new PlayedKeycloak();
        installation = new Installation(keycloak.url(), 1);
        installation.awaitDirectory();
    }

    @AfterAll
    static void stop() {
        installation.close();
        keycloak.close();
    }

    private static String aUser() {
        return admin("POST", "/v2/users", newUser("user-" + random() + "@example.com", "Secret-123!"))
                .id();
    }

    private static Answer admin(String method, String path, Object body) {
        return installation.call(installation.adminBearer(), method, path, body);
    }

    private static Map<String, Object> identity(String iss, String sub) {
        return document("openid-identity", Map.of("iss", iss, "sub", sub));
    }

    private static List<String> found(String query) {
        var list = admin("GET", "/v2/users?" + query, null);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.at("/meta/total").asInt()).isEqualTo(list.at("/data").size());
        return list.at("/data")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    @Test
    void anIdentityIsGivenFoundAndTakenAway() {
        var added = admin("POST", path, identity(ISSUER, sub));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.at("/data/type").asString()).isEqualTo("openid-identity");
        assertThat(added.id()).matches("[0-9a-f]{24}");
        assertThat(added.attribute("iss").asString()).isEqualTo(ISSUER);
        assertThat(added.attribute("sub").asString()).isEqualTo(sub);
        assertThat(added.at("/data/relationships/user/data/id").asString()).isEqualTo(user);

        var other = aUser();
        admin("POST", "/v2/users/" + other + "/openid/identities", identity(ISSUER + "/2", sub));
        assertThat(found("iss=" + ISSUER + "&sub=" + sub)).containsExactly(user);
        assertThat(found("sub=" + sub)).containsExactly(user, other);
        var second = admin("GET", "/v2/users?sub=" + sub + "&page%5Bsize%5D=1&page%5Bnumber%5D=2", null);
        assertThat(second.at("/data/0/id").asString()).isEqualTo(other);
        assertThat(second.at("/meta/total").asInt()).isEqualTo(2);
        assertThat(found("iss=" + ISSUER)).contains(user).doesNotContain(other);
        assertThat(found("iss=" + ISSUER + "&sub=none")).isEmpty();

        assertThat(admin("DELETE", path + "/" + added.id(), null).status()).isEqualTo(204);
        assertThat(admin("DELETE", path + "/" + added.id(), null).status()).isEqualTo(404);
        assertThat(found("iss=" + ISSUER + "&sub=" + sub)).isEmpty();
    }

    @Test
    void aPairIsOneUsers() {
        admin("POST", path, identity(ISSUER, sub));

        assertThat(admin("POST", path, identity(ISSUER, sub)).error())
                .isEqualTo("409 already-exists /data/attributes/sub");
        assertThat(admin("POST", "/v2/users/" + aUser() + "/openid/identities", identity(ISSUER, sub))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void everyFaultOfADocumentIsReported() {
        assertThat(admin("POST", path, document("openid-identity", Map.of("iss", "acme")))
                        .json()
                        .path("errors"))
                .extracting(error -> error.at("/source/pointer").asString())
                .containsExactlyInAnyOrder("/data/attributes/iss", "/data/attributes/sub");
        assertThat(admin("POST", path, document("identity", Map.of("iss", ISSUER, "sub", sub)))
                        .error())
                .isEqualTo("409 type-mismatch /data/type");
        for (var issuer : List.of("ftp://a.example", "//a.example/x", "https:///x", "", "https://a b")) {
            assertThat(admin("POST", path, identity(issuer, sub)).error())
                    .isEqualTo("400 validation-failed /data/attributes/iss");
        }
    }

    @Test
    void onlyWhoMayGivesThem() {
        var person = admin("POST", "/v2/users", newUser("p-" + random() + "@example.com", "Secret-123!"));
        var email = person.attribute("email").asString();
        var bearer = installation.bearer(email, "Secret-123!");
        var added = admin("POST", path, identity(ISSUER, sub));

        assertThat(installation
                        .call(bearer, "POST", path, Map.of("data", 7))
                        .at("/errors/0/meta/required_permission")
                        .asString())
                .isEqualTo("tenants.oidc.create");
        assertThat(installation
                        .call(bearer, "DELETE", path + "/" + added.id(), null)
                        .status())
                .isEqualTo(403);
        assertThat(admin("DELETE", "/v2/users/" + person.id() + "/openid/identities/" + added.id(), null)
                        .status())
                .as("of another user")
                .isEqualTo(404);
        assertThat(admin("POST", "/v2/users/5a0000000000000000000001/openid/identities", identity(ISSUER, "x"))
                        .status())
                .isEqualTo(404);
        assertThat(installation
                        .call(installation.accountBearer(), "POST", path, identity(ISSUER, sub + "-2"))
                        .status())
                .isEqualTo(201);
    }

    private static String tenantCode() {
        var tenant = admin("GET", "/v2/tenants", null).at("/data/0/id").asString();
        return installation
                .server
                .bean(TenantRepository.class)
                .find(tenant)
                .orElseThrow()
                .code();
    }

    private static Answer whose(String token) {
        return installation.authenticate(Map.of("scheme", "bearer", "token", token));
    }

    @Test
    void theAccountIsLinkedToTheTenantsProvidersOfTheIssuer() {
        var issuer = ISSUER + "/" + random();
        keycloak.provide("mine" + sub, issuer, tenantCode());
        keycloak.provide("other" + sub, ISSUER, tenantCode());
        keycloak.provide("nobodys" + sub, issuer, null);
        var email = admin("GET", "/v2/users/" + user, null).attribute("email").asString();

        var added = admin("POST", path, identity(issuer, sub));

        assertThat(keycloak.linksOf(email)).containsExactly("mine" + sub + ":" + sub);

        admin("DELETE", path + "/" + added.id(), null);

        assertThat(keycloak.linksOf(email)).isEmpty();
        assertThat(keycloak.loggedOut()).contains(email);
    }

    /** In an account that Keycloak made for somebody whom it did not know. */
    @Test
    void aTokenOfATenantsProviderIsTheUsersWhoHasThatIdentity() {
        var issuer = ISSUER + "/" + random();
        keycloak.provide("mine" + sub, issuer, tenantCode());
        keycloak.provide("nobodys" + sub, issuer, null);
        var account = keycloak.comeFrom("mine" + sub, sub);
        var elsewhere = keycloak.comeFrom("nobodys" + sub, sub);
        assertThat(whose(keycloak.token(account)).status()).isEqualTo(401);

        var added = admin("POST", path, identity(issuer, sub));

        assertThat(whose(keycloak.token(account)).json().path("id").asString()).isEqualTo(user);
        assertThat(whose(keycloak.token(elsewhere)).status())
                .as("every tenant could claim what a provider of the whole realm says")
                .isEqualTo(401);
        assertThat(whose(keycloak.token("nobody")).status()).isEqualTo(401);

        admin("DELETE", path + "/" + added.id(), null);
        assertThat(whose(keycloak.token(account)).status()).isEqualTo(401);
    }

    @Test
    void whoIsDeletedLeavesThePairToOthers() {
        admin("POST", path, identity(ISSUER, sub));

        assertThat(admin("DELETE", "/v2/users/" + user, null).status()).isEqualTo(204);

        assertThat(found("sub=" + sub)).isEmpty();
        assertThat(admin("POST", "/v2/users/" + aUser() + "/openid/identities", identity(ISSUER, sub))
                        .status())
                .isEqualTo(201);
    }
}
