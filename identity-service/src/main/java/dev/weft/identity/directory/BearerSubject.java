package dev.weft.identity.directory;

/** Whom a bearer token of the directory names. */
public record BearerSubject(String userId, String tenantId) {}
