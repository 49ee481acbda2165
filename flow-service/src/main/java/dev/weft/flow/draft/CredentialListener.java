package dev.weft.flow.draft;

import dev.weft.common.messaging.DomainEvent;
import dev.weft.flow.flow.FactListener;
import org.springframework.stereotype.Service;

/** Hears that a credential was deleted; drafts lose their reference to it. */
@Service
final class CredentialListener implements FactListener {

    private final DraftService drafts;

    CredentialListener(DraftService drafts) {
        this.drafts = drafts;
    }

    @Override
    public String type() {
        return "credential.deleted";
    }

    @Override
    public void hear(DomainEvent event) {
        drafts.forgetCredential(event.subjectId());
    }
}
