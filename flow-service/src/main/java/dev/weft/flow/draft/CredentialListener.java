package dev.weft.flow.draft;

import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears that a credential was deleted, and removes references to it from drafts. */
@Configuration(proxyBeanMethods = false)
class CredentialListener {

    /** Repeatable: a reference that is gone is found by nobody. */
    @Bean
    FactHandler draftsOfDeletedCredentials(DraftService drafts) {
        return new FactHandler(Fact.CREDENTIAL_DELETED, deleted -> {
            var workspace = deleted.workspaceId();
            if (workspace != null) {
                drafts.forgetCredential(workspace, deleted.subjectId());
            }
        });
    }
}
