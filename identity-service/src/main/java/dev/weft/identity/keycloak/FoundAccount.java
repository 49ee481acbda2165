package dev.weft.identity.keycloak;

/** A user as Keycloak has it, with Keycloak's id and ours. */
record FoundAccount(String keycloakId, String userId) {}
