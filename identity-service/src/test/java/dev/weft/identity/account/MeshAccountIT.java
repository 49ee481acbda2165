package dev.weft.identity.account;

import static dev.weft.identity.Installation.document;
import static dev.weft.identity.Installation.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.service.StartedService.Answer;
import dev.weft.identity.Installation;
import dev.weft.identity.tenantrecord.AccountNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The account of a tenant in the data family and its clients (api-v2 12a). */
class MeshAccountIT {

    private static Installation installation;

    @BeforeAll
    static void start() {
        installation = new Installation();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static Answer newTenant(String code) {
        return call(
                "POST",
                "/v2/tenants",
                document(
                        "tenant",
                        Map.of(
                                "name",
                                "T",
                                "app_domain",
                                random() + ".example.com",
                                "code",
                                code,
                                "mandrill_email_from",
                                "a@example.com")));
    }

    private static String accountOf(Answer tenant) {
        assertThat(tenant.status()).isEqualTo(201);
        return "/v2/tenants/" + tenant.json().at("/data/id").asString() + "/mesh-account";
    }

    private static Answer call(String method, String path, Object body) {
        return installation.call(installation.accountBearer(), method, path, body);
    }

    private static Answer put(String account, Map<String, Object> attributes) {
        return call("PUT", account, document("mesh-account", attributes));
    }

    @Test
    void isThereFromTheStartAndKeepsWhatIsSet() {
        var code = "t" + random();
        var account = accountOf(newTenant(code));
        var fresh = call("GET", account, null).json().at("/data/attributes");

        assertThat(fresh.path("account_name").asString()).isEqualTo(code);
        assertThat(fresh.path("anonymous_registration").asBoolean()).isTrue();
        assertThat(fresh.path("public_registration").asBoolean()).isTrue();
        assertThat(fresh.path("verification").asString()).isEqualTo("none");

        var changed = put(account, Map.of("anonymous_registration", false, "verification", "email"));
        assertThat(changed.status()).isEqualTo(200);
        var after = call("GET", account, null).json().at("/data/attributes");
        assertThat(after.path("anonymous_registration").asBoolean()).isFalse();
        assertThat(after.path("public_registration").asBoolean()).isTrue();
        assertThat(after.path("verification").asString()).isEqualTo("email");
        assertThat(put(account, Map.of("anonymous_registration", "yes", "verification", "sms"))
                        .json()
                        .path("errors")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void hasANameThatIsGivenOnceAndNobodyElseHas() {
        var code = "t" + random();
        var taken = newTenant(code);
        var account = accountOf(newTenant("t" + random()));
        var other = accountOf(newTenant("t" + random()));
        var name = "n" + random();

        assertThat(List.of("ab", "-abc", "a_bc", "hook", "health"))
                .allSatisfy(wrong -> assertThat(
                                put(account, Map.of("account_name", wrong)).status())
                        .isEqualTo(400));
        assertThat(put(account, Map.of("account_name", code)).status())
                .as("a tenant's code")
                .isEqualTo(409);
        assertThat(put(account, Map.of("account_name", name.toUpperCase(java.util.Locale.ROOT)))
                        .json()
                        .at("/data/attributes/account_name")
                        .asString())
                .isEqualTo(name);
        assertThat(put(account, Map.of("account_name", "n" + random())).status())
                .as("once")
                .isEqualTo(409);
        assertThat(put(account, Map.of("account_name", name)).status())
                .as("the same")
                .isEqualTo(200);
        assertThat(put(other, Map.of("account_name", name))
                        .json()
                        .at("/errors/0/code")
                        .asString())
                .isEqualTo("already-exists");
        assertThat(newTenant(name).json().at("/errors/0/source/pointer").asString())
                .isEqualTo("/data/attributes/code");
        assertThat(taken.status()).isEqualTo(201);
    }

    @Test
    void ofTwoTenantsThatAreGivenANameAtOnceOneHasIt() {
        var tenant = newTenant("t" + random());
        var id = tenant.json().at("/data/id").asString();
        var account = accountOf(tenant);
        var name = "n" + random();
        var names = installation.server.bean(AccountNames.class);

        var meanwhile = names.whileHeld(
                name,
                () -> List.of(
                        put(account, Map.of("account_name", name)).status(),
                        newTenant(name).status(),
                        call(
                                        "PATCH",
                                        "/v2/tenants/" + id,
                                        Map.of(
                                                "data",
                                                Map.of("type", "tenant", "id", id, "attributes", Map.of("code", name))))
                                .status()));

        assertThat(meanwhile).contains(List.of(409, 409, 409));
        assertThat(names.whileHeld(name, () -> names.whileHeld(name, () -> 1)))
                .as("not twice, whoever it is for")
                .contains(Optional.empty());
        assertThat(put(account, Map.of("account_name", name)).status()).isEqualTo(200);
    }

    @Test
    void clientsThatAreMadeAtOnceAreAllKept() throws Exception {
        var clients = accountOf(newTenant("t" + random())) + "/clients";
        var first = call("GET", clients, null).json().at("/data/0");
        assertThat(first.at("/attributes/name").asString()).isEqualTo("default");
        assertThat(first.path("id").asString()).matches("[0-9a-f]{32}");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = threads.invokeAll(IntStream.range(0, 6)
                    .<java.util.concurrent.Callable<Answer>>mapToObj(n ->
                            () -> call("POST", clients, document("mesh-client", Map.of("name", "c" + n))))
                    .toList());
            for (var one : made) {
                assertThat(one.get().status()).isEqualTo(201);
            }
        }
        assertThat(call("GET", clients, null).json().path("data").size()).isEqualTo(7);
        assertThat(call("POST", clients, document("mesh-client", Map.of())).status())
                .isEqualTo(400);
        assertThat(call("GET", clients + "/" + "0".repeat(32), null).status()).isEqualTo(404);

        var path = clients + "/" + first.path("id").asString();
        assertThat(call("GET", path, null).status()).isEqualTo(200);
        assertThat(call("DELETE", path, null).status()).isEqualTo(204);
        assertThat(call("GET", path, null).status()).isEqualTo(404);
        assertThat(call("DELETE", path, null).status()).isEqualTo(404);
    }

    @Test
    void isForAdministratorsOfTheTenantAlone() {
        var account = accountOf(newTenant("t" + random()));
        var admin = installation.adminBearer();

        assertThat(installation.get(admin, account).status()).isEqualTo(404);
        assertThat(installation.get(admin, account + "/clients").status()).isEqualTo(404);
        assertThat(installation
                        .call(admin, "PUT", account, document("mesh-account", Map.of()))
                        .status())
                .isEqualTo(404);
    }
}
