package dev.weft.identity.keycloak;

import dev.weft.identity.directory.DirectoryAccount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** The users of the realm, found by their name and told apart by the attribute that holds our id. */
class KeycloakUsers {

    private static final String PATH = "/" + Realm.NAME + "/users";

    private static final String LOCKS = "/" + Realm.NAME + "/attack-detection/brute-force/users/";
    /** Keycloak's ids are random; this one is nobody's. */
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    /** A user found in Keycloak, with Keycloak's id and ours; the latter empty for an account that is no user's. */
    record FoundAccount(String keycloakId, String userId) {}

    private final KeycloakAdmin admin;

    KeycloakUsers(KeycloakAdmin admin) {
        this.admin = admin;
    }

    Optional<FoundAccount> find(String email) {
        // exact: without it Keycloak looks for a part of the name, and ada@example.com finds grada@example.com.
        return first("exact=true&username=" + encoded(email));
    }

    /** Whose account is linked to that id at an identity provider. */
    Optional<FoundAccount> linked(String provider, String foreignId) {
        return first("idpAlias=" + encoded(provider) + "&idpUserId=" + encoded(foreignId));
    }

    private Optional<FoundAccount> first(String question) {
        return admin.find(PATH + "?briefRepresentation=false&" + question)
                .filter(list -> !list.isEmpty())
                .map(list -> found(list.path(0)));
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }

    private static FoundAccount found(JsonNode user) {
        return new FoundAccount(
                KeycloakHttp.text(user, "id"),
                user.path("attributes").path(Realm.USER_CLAIM).path(0).asString(""));
    }

    /** Makes the user; a name that is taken is left as it is. */
    void create(DirectoryAccount account, String password) {
        admin.create(
                PATH,
                Map.of(
                        "username", account.email(),
                        "email", account.email(),
                        "emailVerified", true,
                        "firstName", account.firstName(),
                        "lastName", account.lastName(),
                        "enabled", true,
                        "attributes",
                                Map.of(
                                        Realm.USER_CLAIM, List.of(account.userId()),
                                        Realm.TENANT_CLAIM, List.of(account.tenantId())),
                        "credentials", List.of(credential(password))));
    }

    void setPassword(FoundAccount user, String password) {
        admin.put(PATH + "/" + user.keycloakId() + "/reset-password", credential(password));
    }

    private static Map<String, Object> credential(String password) {
        return Map.of("type", "password", "value", password, "temporary", false);
    }

    /**
     * Whether too many wrong passwords were tried. An unknown e-mail costs as many calls, so the time tells nothing.
     */
    boolean isLocked(String email) {
        var id = find(email).map(FoundAccount::keycloakId).orElse(NOBODY);
        return admin.find(LOCKS + id)
                .map(state -> state.path("disabled").asBoolean(false))
                .orElse(false);
    }

    void unlock(String email) {
        find(email).ifPresent(user -> admin.delete(LOCKS + user.keycloakId()));
    }

    /** Ends the sessions: what was refreshed in them is not any more. */
    void logOut(FoundAccount user) {
        admin.create(PATH + "/" + user.keycloakId() + "/logout", Map.of());
    }

    void delete(FoundAccount user) {
        admin.delete(PATH + "/" + user.keycloakId());
    }
}
