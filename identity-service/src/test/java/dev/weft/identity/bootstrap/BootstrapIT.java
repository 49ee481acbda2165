package dev.weft.identity.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.Installation;
import dev.weft.identity.TestServers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a new installation has, also when two replicas make it at once. */
class BootstrapIT {

    private static Installation installation;

    @BeforeAll
    static void start() {
        installation = new Installation(TestServers.keycloakUrl(), 2);
        installation.awaitDirectory();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void theAdministratorHasTheTenantAndTheKeyOfTheFile() {
        var admin = installation.adminBearer();

        var tenants = installation.get(admin, "/v2/tenants").json().path("data");

        assertThat(tenants.size()).isEqualTo(1);
        assertThat(tenants.path(0).path("attributes").path("is_default").asBoolean())
                .isTrue();
        assertThat(installation
                        .get(admin, "/v2/tenants/" + tenants.path(0).path("id").asString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theServiceAccountIsOfNoTenant() {
        var account = installation.accountBearer();

        var me = installation.get(account, "/v2/users/me").json().path("data");

        assertThat(me.path("type").asString()).isEqualTo("service-account");
        assertThat(me.path("attributes").path("login").asString()).isEqualTo("platform");
        assertThat(installation.get(account, "/v2/tenants").json().path("data").size())
                .isGreaterThanOrEqualTo(1);
        assertThat(installation
                        .call(account, "POST", "/v2/users/me/generate-api-key", null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void replicasThatStartAtOnceMakeOneOfEach() {
        for (var replica : installation.replicas) {
            var account = installation.accountBearer();

            var users = replica.call("GET", "/v2/users", null, "Authorization", account);
            var tenants = replica.call("GET", "/v2/tenants", null, "Authorization", account);

            assertThat(users.json().path("data").size()).isEqualTo(1);
            assertThat(tenants.json().path("data").size()).isEqualTo(1);
        }
    }

    @Test
    void withoutDirectoryKeysWorkAndUsersMustWait() {
        try (var lonely = new Installation("http://localhost:1/auth", 1)) {
            var admin = lonely.adminBearer();
            var user = Installation.newUser("user-" + Installation.random() + "@example.com", "Secret-123!");

            assertThat(lonely.get(admin, "/v2/users/me").status()).isEqualTo(200);
            assertThat(lonely.authenticate(Map.of("scheme", "bearer", "token", "not.a.token"))
                            .status())
                    .isEqualTo(401);
            assertThat(lonely.call(admin, "POST", "/v2/users", user).status()).isEqualTo(503);
            // Not 409: the first attempt gave the address back.
            assertThat(lonely.call(admin, "POST", "/v2/users", user).status()).isEqualTo(503);
            assertThat(lonely.get(admin, "/v2/users")
                            .json()
                            .path("meta")
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
        }
    }
}
