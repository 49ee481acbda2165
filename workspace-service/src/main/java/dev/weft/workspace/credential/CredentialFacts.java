package dev.weft.workspace.credential;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.workspace.credentialrecord.Credential;
import java.util.Map;
import org.springframework.stereotype.Service;

/** What is told about credentials, never their values: {@code credential.updated|deleted} with {@code {"component_id"}}. */
@Service
final class CredentialFacts {

    private final Outbox outbox;

    CredentialFacts(Outbox outbox) {
        this.outbox = outbox;
    }

    Outgoing updated(Credential credential, String actorId) {
        return fact(Fact.CREDENTIAL_UPDATED, credential, actorId);
    }

    Outgoing deleted(Credential credential, String actorId) {
        return fact(Fact.CREDENTIAL_DELETED, credential, actorId);
    }

    private Outgoing fact(Fact fact, Credential credential, String actorId) {
        var place = new Outbox.Place(credential.tenantId(), credential.contractId(), credential.workspaceId());
        return outbox.event(
                fact,
                credential.revision() + 1,
                place,
                credential.id(),
                actorId,
                Map.of("component_id", credential.componentId()));
    }
}
