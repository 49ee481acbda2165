package dev.weft.identity.keycloak;

/** A user found in Keycloak, with Keycloak's id and ours. */
record FoundAccount(String keycloakId, String userId) {}
