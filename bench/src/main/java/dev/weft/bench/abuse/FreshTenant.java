package dev.weft.bench.abuse;

import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tenant of its own with an administrator, who has a contract and a workspace. */
final class FreshTenant {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private FreshTenant() {}

    /** Its administrator. */
    public static WeftApi create(WeftApi gateway, Path credentials, String name)
            throws IOException, InterruptedException {
        var account = WeftApi.serviceAccount(credentials, gateway.base());
        var code = name + UUID.randomUUID().toString().substring(0, 8);
        var patience = new Patience(PATIENCE);
        var tenant = patience.apply(() -> id(
                account,
                "POST",
                "/v2/tenants",
                document(
                        "tenant",
                        Map.of(
                                "name",
                                name,
                                "code",
                                code,
                                "app_domain",
                                code + ".example.com",
                                "mandrill_email_from",
                                "noreply@example.com"))));
        var email = code + "@example.com";
        var password = "Pw-" + UUID.randomUUID() + "-7w!";
        var user = id(
                account,
                "POST",
                "/v2/users",
                related(
                        document(
                                "user",
                                Map.of("first_name", name, "last_name", "Admin", "email", email, "password", password)),
                        "tenant",
                        tenant));
        account.call(
                "PATCH",
                "/v2/tenants/" + tenant + "/members/" + user,
                document("tenant-member", Map.of("roles", List.of("tenant-admin"))));
        var first = new WeftApi(gateway.base(), email, password);
        var key = patience.apply(() -> first.call("POST", "/v2/users/me/generate-api-key", "")
                .path("data")
                .path("attributes")
                .path("api_key")
                .stringValue());
        var admin = new WeftApi(gateway.base(), email, key);
        var contract =
                patience.apply(() -> id(admin, "POST", "/v2/contracts", document("contract", Map.of("name", name))));
        patience.run(() -> admin.call(
                "POST",
                "/v2/contracts/" + contract + "/members",
                identified(document("contract-member", Map.of("roles", List.of("owner", "admin"))), user)));
        patience.run(() -> admin.call(
                "POST", "/v2/workspaces", related(document("workspace", Map.of("name", name)), "contract", contract)));
        patience.run(admin::workspace);
        return admin;
    }

    private static String id(WeftApi api, String method, String path, Map<String, Object> body)
            throws IOException, InterruptedException {
        return api.call(method, path, body).path("data").path("id").stringValue();
    }

    private static Map<String, Object> document(String type, Map<String, Object> attributes) {
        return Map.of("data", Map.of("type", type, "attributes", attributes));
    }

    private static Map<String, Object> identified(Map<String, Object> document, String id) {
        return with(document, "id", id);
    }

    private static Map<String, Object> related(Map<String, Object> document, String type, String id) {
        return with(document, "relationships", Map.of(type, Map.of("data", Map.of("type", type, "id", id))));
    }

    private static Map<String, Object> with(Map<String, Object> document, String member, Object value) {
        var data = new LinkedHashMap<String, Object>();
        if (document.get("data") instanceof Map<?, ?> before) {
            before.forEach((name, known) -> data.put(String.valueOf(name), known));
        }
        data.put(member, value);
        return Map.of("data", data);
    }
}
