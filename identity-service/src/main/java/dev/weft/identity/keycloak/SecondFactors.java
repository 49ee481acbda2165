package dev.weft.identity.keycloak;

import java.util.LinkedHashSet;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One-time passwords of the realm's users, and the action that makes somebody set them up at the next log-in. */
class SecondFactors {

    private static final String PATH = "/" + Realm.NAME + "/users/";
    private static final String ACTION = "CONFIGURE_TOTP";
    private static final String ACTIONS = "requiredActions";

    private final KeycloakAdmin admin;

    SecondFactors(KeycloakAdmin admin) {
        this.admin = admin;
    }

    /** Who has a second factor is not asked for one. */
    void ask(String keycloakId, boolean ask) {
        var user = admin.find(PATH + keycloakId).orElse(null);
        if (user == null) {
            return;
        }
        var actions = new LinkedHashSet<String>();
        user.path(ACTIONS).valueStream().map(JsonNode::asString).forEach(actions::add);
        var isOther = ask ? !has(keycloakId) && actions.add(ACTION) : actions.remove(ACTION);
        if (isOther && user.deepCopy() instanceof ObjectNode changed) {
            var sent = changed.putArray(ACTIONS);
            actions.forEach(sent::add);
            // The whole user: of a part alone Keycloak might take what is missing for removed.
            admin.put(PATH + keycloakId, changed);
        }
    }

    private boolean has(String keycloakId) {
        return credentials(keycloakId)
                .filter(all -> all.valueStream().anyMatch(SecondFactors::isOne))
                .isPresent();
    }

    void remove(String keycloakId) {
        credentials(keycloakId)
                .ifPresent(all -> all.valueStream()
                        .filter(SecondFactors::isOne)
                        .map(one -> KeycloakHttp.text(one, "id"))
                        .forEach(one -> admin.delete(PATH + keycloakId + "/credentials/" + one)));
    }

    private Optional<JsonNode> credentials(String keycloakId) {
        return admin.find(PATH + keycloakId + "/credentials");
    }

    private static boolean isOne(JsonNode credential) {
        return credential.path("type").asString("").equals("otp");
    }
}
