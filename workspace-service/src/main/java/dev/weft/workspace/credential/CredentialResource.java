package dev.weft.workspace.credential;

import dev.weft.common.jsonapi.Resource;
import dev.weft.workspace.credentialrecord.Credential;

/** Credentials as JSON:API shows them (api-v2 14.7). */
final class CredentialResource {

    private CredentialResource() {}

    static Resource of(Credential credential) {
        return Resource.of("credential", credential.id(), "/v2/credentials/" + credential.id())
                .attribute("name", credential.name())
                .attribute("keys", credential.keys().values())
                .toOne("user", "user", credential.userId(), "/v2/users")
                .toOne("component", "component", credential.componentId(), "/v2/components")
                .toOne("workspace", "workspace", credential.workspaceId(), "/v2/workspaces");
    }
}
