package dev.weft.workspace.credential;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import dev.weft.workspace.credentialrecord.CredentialRepository;
import org.springframework.stereotype.Service;

/** Deletes the credentials of a deleted workspace, with the records of those that were deleted before. */
@Service
final class CredentialsOfWorkspace implements DeletionParticipant {

    private final CredentialRepository credentials;

    CredentialsOfWorkspace(CredentialRepository credentials) {
        this.credentials = credentials;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.WORKSPACE;
    }

    @Override
    public Remainder clear(Deletion workspace) {
        // Nobody is told: flows that used them go too.
        credentials.deleteAllOf(workspace.id());
        return Remainder.NOTHING;
    }
}
