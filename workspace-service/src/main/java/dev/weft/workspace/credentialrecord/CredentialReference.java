package dev.weft.workspace.credentialrecord;

/** What there is to know of a credential without unlocking its keys: of which component it is. */
public record CredentialReference(String id, String tenantId, String componentId) {}
