package dev.weft.identity.keycloak;

import dev.weft.identity.Installation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What Keycloak itself says of an account; for tests that are no part of the keycloak package. */
public final class PeekedRealm {

    private static final String USERS = "/" + Realm.NAME + "/users";

    private final KeycloakAdmin admin;

    public PeekedRealm(Installation installation) {
        admin = installation.server.bean(KeycloakAdmin.class);
    }

    private JsonNode account(String email) {
        var name = URLEncoder.encode(email, StandardCharsets.UTF_8);
        return admin.find(USERS + "?exact=true&briefRepresentation=false&username=" + name)
                .orElseThrow()
                .path(0);
    }

    private String path(String email) {
        return USERS + "/" + account(email).path("id").asString();
    }

    /** What the person has left to do at the next log-in at a page. */
    public List<String> actions(String email) {
        return account(email)
                .path("requiredActions")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    public List<String> credentials(String email) {
        return admin.find(path(email) + "/credentials")
                .orElseThrow()
                .valueStream()
                .map(one -> one.path("type").asString())
                .toList();
    }

    /** As if the person had set one up; the account is made anew, since Keycloak takes it only then. */
    public void setOneTimePassword(String email, String password) {
        var account = (ObjectNode) account(email).deepCopy();
        admin.delete(path(email));
        account.remove(List.of("id", "createdTimestamp", "access"));
        account.set("credentials", new JsonMapper().readTree("""
                [{"type":"password","value":"%s","temporary":false},
                 {"type":"otp","secretData":"{\\"value\\":\\"JBSWY3DPEHPK3PXP\\"}",
                  "credentialData":"{\\"subType\\":\\"totp\\",\\"digits\\":6,\\"period\\":30,\\"algorithm\\":\\"HmacSHA1\\"}"}]
                """.formatted(password)));
        admin.create(USERS, account);
    }

    /** People of the tenant may log in at that provider, which has the same name. */
    public void addProvider(String code) {
        admin.create("/" + Realm.NAME + "/identity-provider/instances", new JsonMapper().readTree("""
                {"alias":"%s","providerId":"oidc","enabled":true,"config":{"issuer":"https://login.example.com",
                 "authorizationUrl":"https://login.example.com/auth","tokenUrl":"https://login.example.com/token",
                 "clientId":"weft","clientSecret":"hush","clientAuthMethod":"client_secret_post"}}""".formatted(code)));
        var organization = admin.find("/" + Realm.NAME + "/organizations?exact=true&search=" + code)
                .orElseThrow()
                .at("/0/id")
                .asString();
        admin.create("/" + Realm.NAME + "/organizations/" + organization + "/identity-providers", code);
    }

    public boolean hasProvider(String alias) {
        return admin.find("/" + Realm.NAME + "/identity-provider/instances/" + alias)
                .isPresent();
    }

    /** Whether there is an organization of that name. */
    public boolean hasOrganization(String code) {
        return admin.find("/" + Realm.NAME + "/organizations?exact=true&search=" + code)
                .filter(found -> !found.isEmpty())
                .isPresent();
    }
}
