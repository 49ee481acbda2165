package dev.weft.workspace.credential;

/** What there is to know of a credential without unlocking its keys: of which component it is. */
record CredentialReference(String id, String tenantId, String componentId) {}
