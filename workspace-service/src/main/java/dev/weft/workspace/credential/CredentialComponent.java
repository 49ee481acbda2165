package dev.weft.workspace.credential;

/**
 * A component as its credentials need it.
 *
 * @param usable whether flows of the workspace may use it
 */
record CredentialComponent(String id, String name, boolean usable, CredentialFields fields) {}
