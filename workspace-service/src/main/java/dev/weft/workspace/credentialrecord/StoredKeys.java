package dev.weft.workspace.credentialrecord;

import dev.weft.common.crypto.Vault;
import dev.weft.workspace.credentialfield.CredentialKeys;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Credentials as they are stored: their keys are encrypted under the id of their credential. */
record StoredKeys(Vault vault, JsonMapper json) {

    StoredCredential store(Credential credential) {
        return new StoredCredential(
                credential.id(),
                credential.tenantId(),
                credential.contractId(),
                credential.workspaceId(),
                credential.componentId(),
                credential.userId(),
                credential.name(),
                keysOf(credential),
                false,
                credential.revision(),
                List.of());
    }

    String keysOf(Credential credential) {
        return vault.lock(json.writeValueAsString(credential.keys().values()), credential.id());
    }

    Credential read(StoredCredential stored) {
        var keys = (ObjectNode) json.readTree(vault.unlock(stored.keys(), stored.id()));
        return new Credential(
                stored.id(),
                stored.tenant(),
                stored.contract(),
                stored.workspace(),
                stored.component(),
                stored.user(),
                stored.name(),
                new CredentialKeys(keys),
                stored.revision());
    }

    /** One that was read without its outbox. */
    Credential read(MongoConverter converter, Document document) {
        return read(converter.read(StoredCredential.class, document.append("outbox", List.of())));
    }
}
