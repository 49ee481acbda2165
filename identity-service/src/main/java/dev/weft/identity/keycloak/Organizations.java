package dev.weft.identity.keycloak;

import dev.weft.identity.directory.DirectoryAccount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** The organizations of the realm: one per tenant, named by its code, with its users as members. */
class Organizations {

    private static final String PATH = "/" + Realm.NAME + "/organizations";

    private final KeycloakAdmin admin;

    Organizations(KeycloakAdmin admin) {
        this.admin = admin;
    }

    /** Makes the user a member of its tenant's organization, which is made when it is missing. */
    void join(DirectoryAccount account, String keycloakUserId) {
        var id = find(account.tenantCode())
                .or(() -> {
                    create(account);
                    return find(account.tenantCode());
                })
                .orElseThrow(KeycloakHttp::unavailable);
        // 409: the user is a member already, which is just as well.
        admin.create(PATH + "/" + id + "/members", keycloakUserId);
    }

    /** The identity providers linked to a tenant's organization. */
    List<JsonNode> providers(String tenantCode) {
        return find(tenantCode)
                .flatMap(id -> admin.find(PATH + "/" + id + "/identity-providers"))
                .map(found -> found.valueStream().toList())
                .orElse(List.of());
    }

    /** Whose organization that is; empty for none of ours, and for no id at all. */
    Optional<String> tenantOf(String organizationId) {
        return Optional.of(organizationId)
                .filter(id -> !id.isEmpty())
                .flatMap(id -> admin.find(PATH + "/" + UriUtils.encode(id, StandardCharsets.UTF_8)))
                .map(found -> found.path("attributes")
                        .path(Realm.TENANT_CLAIM)
                        .path(0)
                        .asString(""))
                .filter(tenant -> !tenant.isEmpty());
    }

    private Optional<String> find(String tenantCode) {
        var code = UriUtils.encode(tenantCode, StandardCharsets.UTF_8);
        // exact: one code may be the beginning of another, and the first match would be taken.
        return admin.find(PATH + "?exact=true&search=" + code)
                .filter(list -> !list.isEmpty())
                .map(list -> KeycloakHttp.text(list.path(0), "id"));
    }

    /** Removes the tenant's organization; one of that name that is another tenant's stays. */
    void remove(String tenantId, String code) {
        find(code)
                .filter(id -> tenantOf(id).filter(tenantId::equals).isPresent())
                .ifPresent(id -> {
                    // Without the organization they would be the realm's, at the log-in page of all.
                    providers(code)
                            .forEach(provider ->
                                    admin.delete(IdentityProviders.path(KeycloakHttp.text(provider, "alias"))));
                    admin.delete(PATH + "/" + id);
                });
    }

    private void create(DirectoryAccount account) {
        admin.create(
                PATH,
                Map.of(
                        "name", account.tenantCode(),
                        "alias", account.tenantCode(),
                        "enabled", true,
                        "attributes", Map.of(Realm.TENANT_CLAIM, List.of(account.tenantId()))));
    }
}
