package dev.weft.identity;

import static dev.weft.common.jsonapi.OddInput.bodies;
import static dev.weft.identity.Installation.document;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.jsonapi.OddCalls;
import dev.weft.common.service.StartedService.Answer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

/**
 * What no client of ours sends is refused with a reason, and never by a failure; lists and texts have an end. The directory
 * is away, as none of this needs one.
 */
class IdentityOddInputIT {

    private static final Map<String, String> TENANT = Map.ofEntries(
            Map.entry("name", "\"Second\""),
            Map.entry("code", "\"second\""),
            Map.entry("app_domain", "\"second.example.com\""),
            Map.entry("mandrill_email_from", "\"noreply@example.com\""),
            Map.entry("api_domain", "\"api.example.com\""),
            Map.entry("hide_menu", "true"),
            Map.entry("is_default", "false"),
            Map.entry("default_workspace_type", "\"full\""),
            Map.entry("support_user_id", "\"0123456789abcdef01234567\""),
            Map.entry("email_domains_blacklist", "[\"example.org\"]"),
            Map.entry("feature_flags", "{\"forced_totp\":false}"),
            Map.entry("email_templates", "{\"welcome\":\"Hello\"}"));

    private static final Map<String, String> USER = Map.of(
            "first_name", "\"Ada\"",
            "last_name", "\"Lovelace\"",
            "email", "\"ada@example.com\"",
            "company", "\"Engines\"",
            "password", "\"Right-pass1!\"",
            "current_password", "\"Right-pass1!\"");

    private static Installation installation;
    private static String admin;
    private static String account;
    private static String tenant;
    private static String adminId;
    private static String second;

    @BeforeAll
    static void start() {
        installation = new Installation("http://127.0.0.1:1/auth", 1);
        admin = installation.adminBearer();
        account = installation.accountBearer();
        tenant = installation.get(admin, "/v2/tenants").json().at("/data/0/id").asString();
        adminId = installation.get(admin, "/v2/users/me").json().at("/data/id").asString();
        second = made("second").json().at("/data/id").asString();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static Answer made(String code) {
        return installation.call(
                account,
                "POST",
                "/v2/tenants",
                document(
                        "tenant",
                        Map.of(
                                "name",
                                "Second",
                                "code",
                                code,
                                "app_domain",
                                code + ".example.com",
                                "mandrill_email_from",
                                "noreply@example.com")));
    }

    private static Answer patch(Map<String, Object> attributes) {
        return installation.call(
                account,
                "PATCH",
                "/v2/tenants/" + second,
                Map.of("data", Map.of("type", "tenant", "id", second, "attributes", attributes)));
    }

    private static String pointer(Answer answer) {
        return answer.status() + " "
                + answer.json().at("/errors/0/source/pointer").asString("");
    }

    @Test
    void noQueryMakesTheServiceFail() {
        for (var bearer : List.of(admin, account)) {
            as(bearer)
                    .lists("/v2/tenants", "/v2/users", "/v2/sshkeys", "/v2/tenants/" + tenant + "/members")
                    .allHadAReason();
        }
        as(admin)
                .ids(
                        "/v2/tenants/{odd}",
                        "/v2/users/{odd}",
                        "/v2/sshkeys/{odd}",
                        "/internal/users?ids={odd}",
                        "/internal/tenants/{odd}")
                .allHadAReason();
    }

    @Test
    void noBodyMakesTheServiceFail() {
        as(admin)
                .bodies("PATCH", "/v2/users/me", bodies("user", adminId, USER, Map.of()))
                .bodies(
                        "PATCH",
                        "/v2/tenants/" + tenant + "/members/" + adminId,
                        bodies("tenant-member", adminId, Map.of("roles", "[\"tenant-admin\"]"), Map.of()))
                .bodies(
                        "POST",
                        "/v2/sshkeys",
                        bodies("sshkey", null, Map.of("key", "\"ssh-rsa x\"", "title", "\"t\""), Map.of()))
                .allHadAReason();
        as(account)
                .bodies("PATCH", "/v2/tenants/" + second, bodies("tenant", second, TENANT, Map.of()))
                .bodies("POST", "/v2/tenants", bodies("tenant", null, TENANT, Map.of()))
                .bodies("POST", "/v2/users", bodies("user", null, USER, Map.of("tenant", tenant)))
                .get(List.of("/v2/tenants", "/v2/tenants/" + second, "/v2/users", "/v2/users/me"))
                .allHadAReason();
    }

    /** 503 is what the absent directory makes of a document that is right. */
    private static OddCalls as(String bearer) {
        return new OddCalls(
                (method, path, body, _) ->
                        installation.call(bearer, method, path, body).status(),
                status -> status >= 500 && status != 503);
    }

    @Test
    void whatATenantStoresHasAnEnd() {
        var manyHidden = IntStream.range(0, 101)
                .boxed()
                .collect(Collectors.<Integer, String, Object>toMap(i -> "hide_" + i, _ -> true));
        assertThat(pointer(patch(manyHidden))).isEqualTo("400 /data/attributes");
        var some = new LinkedHashMap<>(manyHidden);
        some.keySet().removeIf(name -> name.length() < 7);
        assertThat(patch(some).status()).isEqualTo(200);
        assertThat(pointer(patch(Map.of("hide_a.b", true)))).isEqualTo("400 /data/attributes/hide_a.b");
        assertThat(pointer(patch(Map.of("email_templates", Map.of("welcome", "x".repeat(300_000))))))
                .startsWith("400 /data/attributes/email_templates");
        assertThat(pointer(patch(Map.of(
                        "email_templates",
                        IntStream.range(0, 101).boxed().collect(Collectors.toMap(i -> "t" + i, _ -> "x"))))))
                .isEqualTo("400 /data/attributes/email_templates");
        assertThat(pointer(patch(Map.of(
                        "email_domains_blacklist",
                        IntStream.range(0, 1001).mapToObj(i -> i + ".org").toList()))))
                .isEqualTo("400 /data/attributes/email_domains_blacklist");
    }

    @Test
    void aListOfTenantsIsBoundedByBytesAndLeadsOn() {
        var template = Map.of("welcome", "x".repeat(250_000));
        var ids = IntStream.range(0, 12)
                .mapToObj(i -> made("large-" + i).json().at("/data/id").asString())
                .toList();
        for (var id : ids) {
            assertThat(installation
                            .call(
                                    account,
                                    "PATCH",
                                    "/v2/tenants/" + id,
                                    Map.of(
                                            "data",
                                            Map.of(
                                                    "type",
                                                    "tenant",
                                                    "id",
                                                    id,
                                                    "attributes",
                                                    Map.of("email_templates", template))))
                            .status())
                    .isEqualTo(200);
        }

        var seen = new ArrayList<String>();
        var next = "/v2/tenants";
        while (!next.isEmpty()) {
            var page = installation.get(account, next).json();
            assertThat(page.toString().length()).isLessThan(3_000_000);
            page.path("data").forEach(item -> seen.add(item.path("id").asString()));
            next = page.at("/links/next").asString("");
        }
        assertThat(seen).containsAll(ids).doesNotHaveDuplicates();
    }

    @Test
    void aListOfSshKeysIsBoundedByBytesAndLeadsOn() {
        var made = IntStream.range(0, 5).mapToObj(IdentityOddInputIT::sshKey).toList();
        // As a thousand keys with long comments are together.
        installation
                .server
                .bean(MongoTemplate.class)
                .updateMulti(query(where("_id").in(made)), Update.update("padding", "x".repeat(600_000)), "ssh_keys");

        var seen = new ArrayList<String>();
        var sizes = new ArrayList<Integer>();
        for (var next = "/v2/sshkeys"; !next.isEmpty(); ) {
            var page = installation.get(admin, next).json();
            page.path("data").forEach(item -> seen.add(item.path("id").asString()));
            sizes.add(page.path("data").size());
            next = page.at("/links/next").asString("");
        }
        assertThat(seen).containsExactlyElementsOf(made);
        assertThat(sizes).containsExactly(3, 2);
        made.forEach(id -> installation.call(admin, "DELETE", "/v2/sshkeys/" + id, null));
    }

    private static String sshKey(int number) {
        var type = "ssh-ed25519".getBytes(US_ASCII);
        var blob = ByteBuffer.allocate(4 + type.length + 4 + 32)
                .putInt(type.length)
                .put(type)
                .putInt(32)
                .put((byte) number)
                .array();
        var key = "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob) + " number " + number;
        var added = installation.call(admin, "POST", "/v2/sshkeys", document("sshkey", Map.of("key", key)));
        assertThat(added.status()).as(added.json().toString()).isEqualTo(201);
        return added.json().at("/data/id").asString();
    }

    @Test
    void ofTwoDefaultsThatAreStoredOneIsShown() {
        var store = installation.server.bean(MongoTemplate.class);
        var other = made("other-default").json().at("/data/id").asString();
        // As an older release, which had no mark, left them.
        store.updateMulti(
                query(where("_id").in(tenant, other)),
                new Update().set("settings.is_default", true).unset("default_mark"),
                "tenants");

        try (var replica = installation.anotherReplica()) {
            var shown = replica.call("GET", "/v2/tenants", null, "Authorization", account)
                    .json();
            var defaults = new ArrayList<String>();
            shown.path("data").forEach(item -> {
                if (item.at("/attributes/is_default").asBoolean()) {
                    defaults.add(item.path("id").asString());
                }
            });
            assertThat(defaults).containsExactly(tenant);
        }

        assertThat(installation
                        .call(
                                account,
                                "PATCH",
                                "/v2/tenants/" + other,
                                Map.of(
                                        "data",
                                        Map.of("type", "tenant", "id", other, "attributes", Map.of("name", "Other"))))
                        .status())
                .isEqualTo(200);
        assertThat(store.count(query(where("settings.is_default").is(true)), "tenants"))
                .isEqualTo(1);
    }
}
