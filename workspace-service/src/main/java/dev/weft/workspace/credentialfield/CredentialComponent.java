package dev.weft.workspace.credentialfield;

/**
 * A component as its credentials need it.
 *
 * @param usable whether flows of the workspace may use it
 */
public record CredentialComponent(String id, String name, boolean usable, CredentialFields fields) {}
