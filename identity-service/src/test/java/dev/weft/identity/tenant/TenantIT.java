package dev.weft.identity.tenant;

import static dev.weft.identity.Installation.document;
import static dev.weft.identity.Installation.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.service.StartedService.Answer;
import dev.weft.identity.Installation;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A second tenant, made by the service account, and who is its administrator. */
class TenantIT {

    private static final String PASSWORD = "Secret-123!";
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

    private static Map<String, Object> aTenant(String code) {
        return document(
                "tenant",
                Map.of(
                        "name",
                        "Second",
                        "code",
                        code,
                        "app_domain",
                        code + ".example.com",
                        "mandrill_email_from",
                        "noreply@example.com"));
    }

    @Test
    void aServiceAccountMakesATenantWithAnAdministrator() {
        var account = installation.accountBearer();
        var code = "c" + random();
        var made = installation.call(account, "POST", "/v2/tenants", aTenant(code));
        assertThat(made.status()).isEqualTo(201);
        var tenant = made.json().path("data").path("id").asString();
        var email = "boss-" + random() + "@example.com";

        var user = installation.call(account, "POST", "/v2/users", userOf(tenant, email));
        var id = user.json().path("data").path("id").asString();
        var granted = installation.call(
                account,
                "PATCH",
                "/v2/tenants/" + tenant + "/members/" + id,
                document("tenant-member", Map.of("roles", List.of("tenant-admin"))));

        assertThat(user.status()).isEqualTo(201);
        assertThat(granted.status()).isEqualTo(200);
        var boss = installation.bearer(email, PASSWORD);
        assertThat(installation.get(boss, "/v2/tenants/" + tenant).status()).isEqualTo(200);
        assertThat(installation
                        .get(boss, "/v2/users")
                        .json()
                        .path("meta")
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(installation
                        .get(installation.adminBearer(), "/v2/tenants/" + tenant)
                        .status())
                .isEqualTo(404);
        assertThat(installation
                        .get(installation.adminBearer(), "/v2/users/" + id)
                        .status())
                .isEqualTo(404);
        var withdrawn = installation.call(
                account,
                "PATCH",
                "/v2/tenants/" + tenant + "/members/" + id,
                document("tenant-member", Map.of("roles", List.of())));
        assertThat(withdrawn.status()).isEqualTo(409);
    }

    private static Map<String, Object> userOf(String tenant, String email) {
        var document = Installation.newUser(email, PASSWORD);
        var attributes = ((Map<?, ?>) document.get("data")).get("attributes");
        return Map.of(
                "data",
                Map.of(
                        "type",
                        "user",
                        "attributes",
                        attributes,
                        "relationships",
                        Map.of("tenant", Map.of("data", Map.of("type", "tenant", "id", tenant)))));
    }

    @Test
    void otherServicesAskWhatATenantSetsForWhatIsMadeInIt() {
        var account = installation.accountBearer();
        var service = installation.server.serviceBearer("workspace-service");
        var made = installation.call(account, "POST", "/v2/tenants", aTenant("d" + random()));
        var tenant = made.json().path("data").path("id").asString();

        var before = installation.get(service, "/internal/tenants/" + tenant).json();
        var changed = installation.call(
                account,
                "PATCH",
                "/v2/tenants/" + tenant,
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "tenant",
                                "id",
                                tenant,
                                "attributes",
                                Map.of("default_workspace_type", "limited", "flow_stats_enabled_default", false))));
        var after = installation.get(service, "/internal/tenants/" + tenant).json();

        assertThat(changed.status()).isEqualTo(200);
        assertThat(before.path("default_workspace_type").asString()).isEqualTo("full");
        assertThat(before.path("flow_stats_enabled_default").asBoolean()).isTrue();
        assertThat(after.path("default_workspace_type").asString()).isEqualTo("limited");
        assertThat(after.path("flow_stats_enabled_default").asBoolean()).isFalse();
        assertThat(installation
                        .get(service, "/internal/tenants/ffffffffffffffffffffffff")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aCodeIsUniqueAndNoReservedWord() {
        var account = installation.accountBearer();
        var code = "c" + random();
        installation.call(account, "POST", "/v2/tenants", aTenant(code));

        assertThat(installation
                        .call(account, "POST", "/v2/tenants", aTenant(code))
                        .status())
                .isEqualTo(409);
        assertThat(installation
                        .call(account, "POST", "/v2/tenants", aTenant("auth"))
                        .status())
                .isEqualTo(400);
    }

    private static Answer patch(String tenant, Map<String, Object> attributes) {
        return installation.call(
                installation.accountBearer(),
                "PATCH",
                "/v2/tenants/" + tenant,
                Map.of("data", Map.of("type", "tenant", "id", tenant, "attributes", attributes)));
    }

    private static String aTenantOfItsOwn() {
        return installation
                .call(installation.accountBearer(), "POST", "/v2/tenants", aTenant("g" + random()))
                .json()
                .at("/data/id")
                .asString();
    }

    /** The statuses of requests that are made at once. */
    private static List<Integer> statuses(List<Supplier<Answer>> requests) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = requests.stream()
                    .map(request -> threads.submit(() -> request.get().status()))
                    .toList();
            var statuses = new ArrayList<Integer>();
            for (var each : running) {
                statuses.add(each.get(30, TimeUnit.SECONDS));
            }
            return statuses;
        }
    }

    @Test
    void noneOfManyChangesAtOnceIsLost() throws Exception {
        var tenant = aTenantOfItsOwn();
        List<Supplier<Answer>> changes = IntStream.range(0, 8)
                .<Supplier<Answer>>mapToObj(i -> () -> patch(tenant, Map.of("hide_" + i, true)))
                .toList();

        assertThat(statuses(changes)).containsOnly(200);

        var attributes = installation
                .get(installation.accountBearer(), "/v2/tenants/" + tenant)
                .json()
                .at("/data/attributes");
        assertThat(IntStream.range(0, 8)
                        .mapToObj(i -> attributes.path("hide_" + i).asBoolean(false)))
                .containsOnly(true);
        var stored =
                installation.server.bean(TenantRepository.class).find(tenant).orElseThrow();
        assertThat(stored.revision()).isEqualTo(9);
        assertThat(installation
                        .server
                        .bean(TenantEvents.class)
                        .updated(stored, "")
                        .body())
                .contains("\"version\":9,");
    }

    @Test
    void ofManyDefaultsAtOnceThereIsOne() throws Exception {
        var first = installation
                .get(installation.adminBearer(), "/v2/tenants")
                .json()
                .at("/data/0/id")
                .asString();
        var others = Stream.generate(TenantIT::aTenantOfItsOwn).limit(6).toList();
        assertThat(patch(others.getFirst(), Map.of("is_default", true)).status())
                .isEqualTo(409);
        assertThat(patch(first, Map.of("is_default", false)).status()).isEqualTo(200);

        var statuses = statuses(others.stream()
                .<Supplier<Answer>>map(tenant -> () -> patch(tenant, Map.of("is_default", true)))
                .toList());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(patch(others.get(statuses.indexOf(200)), Map.of("is_default", false))
                        .status())
                .isEqualTo(200);
        assertThat(patch(first, Map.of("is_default", true)).status()).isEqualTo(200);
    }

    @Test
    void aUserNamesItsOwnTenantOrNoneThatExists() {
        var admin = installation.adminBearer();
        var own = installation
                .get(admin, "/v2/tenants")
                .json()
                .path("data")
                .path(0)
                .path("id")
                .asString();
        var made = installation.call(installation.accountBearer(), "POST", "/v2/tenants", aTenant("e" + random()));
        var other = made.json().path("data").path("id").asString();
        var email = "own-" + random() + "@example.com";

        assertThat(installation
                        .call(admin, "POST", "/v2/users", userOf(other, email))
                        .status())
                .isEqualTo(404);
        assertThat(installation
                        .call(admin, "POST", "/v2/users", userOf("short", email))
                        .status())
                .isEqualTo(400);
        assertThat(installation
                        .call(admin, "POST", "/v2/users", userOf(own, email))
                        .status())
                .isEqualTo(201);
        var user = installation.bearer(email, PASSWORD);
        assertThat(installation
                        .call(user, "POST", "/v2/users", userOf(other, email))
                        .status())
                .as("the tenant is looked for before the permission")
                .isEqualTo(404);
        assertThat(installation
                        .call(user, "POST", "/v2/users", userOf(own, email))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aListOfUsersKnowsWhichTenantsThereAre() {
        var account = installation.accountBearer();
        var made = installation.call(account, "POST", "/v2/tenants", aTenant("f" + random()));
        var tenant = made.json().path("data").path("id").asString();

        var empty = installation.get(account, "/v2/users?tenant_id=" + tenant);
        var unknown = installation.get(account, "/v2/users?tenant_id=ffffffffffffffffffffffff");
        var malformed = installation.get(account, "/v2/users?tenant_id=x");

        assertThat(empty.json().at("/meta/total").asInt(-1)).isZero();
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.json().at("/errors/0/source/parameter").asString()).isEqualTo("tenant_id");
    }

    @Test
    void usersMakeNoTenants() {
        assertThat(installation
                        .call(installation.adminBearer(), "POST", "/v2/tenants", aTenant("c" + random()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aServiceAccountMustNameATenant() {
        var account = installation.accountBearer();

        assertThat(installation
                        .call(account, "POST", "/v2/users", Installation.newUser("a@example.com", PASSWORD))
                        .status())
                .isEqualTo(400);
        assertThat(installation
                        .call(account, "POST", "/v2/users", userOf("ffffffffffffffffffffffff", "a@example.com"))
                        .status())
                .isEqualTo(404);
    }
}
