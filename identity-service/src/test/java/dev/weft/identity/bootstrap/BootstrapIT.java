package dev.weft.identity.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a new installation has, also with a second replica that bootstraps it again. */
class BootstrapIT {

    private static Installation installation;

    @BeforeAll
    static void start() {
        installation = new Installation();
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
    void aSecondReplicaMakesNothingTwice() {
        try (var second = installation.replica()) {
            var users = second.call("GET", "/v2/users", null, "Authorization", installation.accountBearer());

            assertThat(users.json().path("meta").path("total").asInt()).isEqualTo(1);
        }
    }
}
