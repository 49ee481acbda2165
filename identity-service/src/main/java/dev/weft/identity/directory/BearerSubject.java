package dev.weft.identity.directory;

/** The user that an access token of the directory names. */
public record BearerSubject(String userId, String tenantId) {}
