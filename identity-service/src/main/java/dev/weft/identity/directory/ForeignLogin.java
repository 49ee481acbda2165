package dev.weft.identity.directory;

/** The log-in of a user at an identity provider of the tenant. */
public record ForeignLogin(String userId, String email, String tenantCode, String iss, String sub) {}
