package dev.weft.identity.keycloak;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.directory.ForeignIdentity;
import dev.weft.identity.directory.ForeignLogin;
import dev.weft.identity.keycloak.KeycloakUsers.FoundAccount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/**
 * The identity providers of the realm that are linked to the organization of a tenant, and the links of accounts to them:
 * who comes from a provider with a linked id gets the tokens of that account. A provider of the whole realm is nobody's,
 * since every tenant could claim the ids of its issuer.
 */
class IdentityProviders {

    private static final Logger log = LoggerFactory.getLogger(IdentityProviders.class);
    private static final String PATH = "/" + Realm.NAME + "/identity-provider/instances/";

    private final KeycloakAdmin admin;
    private final KeycloakUsers users;
    private final Organizations organizations;

    IdentityProviders(KeycloakAdmin admin, KeycloakUsers users, Organizations organizations) {
        this.admin = admin;
        this.users = users;
        this.organizations = organizations;
    }

    void link(ForeignLogin login) {
        var providers = of(login);
        if (providers.isEmpty()) {
            return;
        }
        var account = users.find(login.email())
                .filter(found -> found.userId().equals(login.userId()))
                .orElseThrow(KeycloakHttp::unavailable);
        for (var provider : providers) {
            var holder = users.linked(provider, login.sub()).orElse(null);
            if (holder != null && !holder.userId().isEmpty() && !holder.equals(account)) {
                // A link that another user has, without a record of it: whose the identity is says the record.
                unlink(holder, provider, holder.userId());
                holder = null;
            }
            if (holder == null) {
                create(login, provider, account);
            } else if (!holder.equals(account)) {
                // Keycloak refuses the log-in of an id that is linked twice. An account of nobody's, which it made when
                // that person came for the first time, keeps the link: its tokens are known by it.
                log.info("Keycloak's account {} has the log-in of user {}", holder.keycloakId(), login.userId());
            }
        }
    }

    private void create(ForeignLogin login, String provider, FoundAccount account) {
        var link = Map.of("identityProvider", provider, "userId", login.sub(), "userName", login.email());
        var isMade = admin.create(links(account.keycloakId()) + "/" + encoded(provider), link);
        if (!isMade
                && users.linked(provider, login.sub()).filter(account::equals).isEmpty()) {
            throw Problem.of(ProblemCode.ALREADY_EXISTS, "The user has another log-in of this issuer already.")
                    .at("iss")
                    .exception();
        }
    }

    void unlink(ForeignLogin login) {
        for (var provider : of(login)) {
            users.linked(provider, login.sub()).ifPresent(holder -> unlink(holder, provider, login.userId()));
        }
    }

    private void unlink(FoundAccount holder, String provider, String userId) {
        if (holder.userId().equals(userId)) {
            admin.delete(links(holder.keycloakId()) + "/" + encoded(provider));
        }
        users.logOut(holder);
    }

    /** The names (aliases) of the tenant's that have the issuer. */
    private List<String> of(ForeignLogin login) {
        return organizations.providers(login.tenantCode()).stream()
                .filter(provider -> issuerOf(provider).equals(login.iss()))
                .map(provider -> KeycloakHttp.text(provider, "alias"))
                .toList();
    }

    /** Who an account is at the providers of tenants. */
    List<ForeignIdentity> identitiesOf(String keycloakUserId) {
        return admin.find(links(encoded(keycloakUserId))).stream()
                .flatMap(JsonNode::valueStream)
                .flatMap(link -> identity(link).stream())
                .toList();
    }

    private Optional<ForeignIdentity> identity(JsonNode link) {
        return admin.find(path(KeycloakHttp.text(link, "identityProvider")))
                .flatMap(provider -> organizations
                        .tenantOf(provider.path("organizationId").asString(""))
                        .map(tenant ->
                                new ForeignIdentity(tenant, issuerOf(provider), KeycloakHttp.text(link, "userId"))));
    }

    static String path(String alias) {
        return PATH + encoded(alias);
    }

    private static String issuerOf(JsonNode provider) {
        return provider.path("config").path("issuer").asString("");
    }

    private static String links(String keycloakUserId) {
        return "/" + Realm.NAME + "/users/" + keycloakUserId + "/federated-identity";
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
