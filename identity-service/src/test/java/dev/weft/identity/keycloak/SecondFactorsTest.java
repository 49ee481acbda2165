package dev.weft.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecondFactorsTest {

    private static final String USER = "/weft/users/7";
    private static final String PASSWORD = "{\"id\":\"c1\",\"type\":\"password\"}";
    private static final String ONE_TIME = "{\"id\":\"c2\",\"type\":\"otp\"}";

    private ScriptedKeycloak keycloak;
    private SecondFactors factors;

    @BeforeEach
    void start() throws IOException {
        keycloak = new ScriptedKeycloak();
        factors = new SecondFactors(keycloak.admin);
        keycloak.answer(USER, "{\"id\":\"7\",\"username\":\"a@b.c\",\"requiredActions\":[\"VERIFY\"]}");
        keycloak.answer(USER + "/credentials", "[" + PASSWORD + "]");
    }

    @AfterEach
    void stop() {
        keycloak.close();
    }

    @Test
    void whoHasNoneIsAskedOnceBesideAllElseThatIsAsked() {
        factors.ask("7", true);
        assertThat(keycloak.changes())
                .containsExactly("PUT " + USER
                        + " {\"id\":\"7\",\"username\":\"a@b.c\",\"requiredActions\":[\"VERIFY\",\"CONFIGURE_TOTP\"]}");

        keycloak.answer(USER, "{\"id\":\"7\",\"requiredActions\":[\"CONFIGURE_TOTP\"]}");
        factors.ask("7", true);
        assertThat(keycloak.changes()).hasSize(1);

        factors.ask("7", false);
        assertThat(keycloak.changes()).last().isEqualTo("PUT " + USER + " {\"id\":\"7\",\"requiredActions\":[]}");
    }

    @Test
    void whoHasOneIsNotAsked() {
        keycloak.answer(USER + "/credentials", "[" + PASSWORD + "," + ONE_TIME + "]");

        factors.ask("7", true);
        factors.ask("7", false);
        factors.ask("gone", true);

        assertThat(keycloak.changes()).isEmpty();
    }

    @Test
    void onlyTheSecondFactorIsTakenAway() {
        keycloak.answer(USER + "/credentials", "[" + PASSWORD + "," + ONE_TIME + "]");

        factors.remove("7");
        factors.remove("gone");

        assertThat(keycloak.changes()).containsExactly("DELETE " + USER + "/credentials/c2");
    }

    @Test
    void onlyTheOrganizationOfThatTenantIsRemoved() {
        keycloak.answer("/weft/organizations?exact=true&search=acme", "[{\"id\":\"o1\"}]");
        keycloak.answer("/weft/organizations/o1", "{\"id\":\"o1\",\"attributes\":{\"weft_tenant\":[\"t1\"]}}");
        var organizations = new Organizations(keycloak.admin);

        organizations.remove("t2", "acme");
        organizations.remove("t1", "other");
        assertThat(keycloak.changes()).isEmpty();

        keycloak.answer("/weft/organizations/o1/identity-providers", "[{\"alias\":\"acme log-in\"}]");
        organizations.remove("t1", "acme");
        assertThat(keycloak.changes())
                .containsExactly(
                        "DELETE /weft/identity-provider/instances/acme%20log-in", "DELETE /weft/organizations/o1");
    }
}
