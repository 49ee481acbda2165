package dev.weft.identity.keycloak;

import tools.jackson.databind.JsonNode;

/** Status and body; a missing node when there is none. */
record KeycloakReply(int status, JsonNode body) {

    boolean isOk() {
        return status >= 200 && status < 300;
    }
}
