package dev.weft.workspace.credentialrecord;

import dev.weft.workspace.credentialfield.CredentialKeys;

/**
 * What a component of a workspace's flows logs in with (api-v2 8.3).
 *
 * @param userId   who made it, or inherited it
 * @param revision counts the changes; a change holds only on the revision it was decided on
 */
public record Credential(
        String id,
        String tenantId,
        String contractId,
        String workspaceId,
        String componentId,
        String userId,
        String name,
        CredentialKeys keys,
        long revision) {

    public Credential with(String otherName, CredentialKeys otherKeys) {
        return new Credential(
                id, tenantId, contractId, workspaceId, componentId, userId, otherName, otherKeys, revision);
    }

    public Credential next() {
        return new Credential(id, tenantId, contractId, workspaceId, componentId, userId, name, keys, revision + 1);
    }
}
