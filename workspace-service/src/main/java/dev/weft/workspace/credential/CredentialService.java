package dev.weft.workspace.credential;

import static dev.weft.common.access.Permission.WORKSPACES_CREDENTIAL_EDIT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.common.audit.AuditTrail;
import dev.weft.workspace.credentialfield.CredentialComponents;
import dev.weft.workspace.credentialrecord.Credential;
import dev.weft.workspace.credentialrecord.CredentialListing;
import dev.weft.workspace.credentialrecord.CredentialRepository;
import dev.weft.workspace.credentialrecord.FoundCredentials;
import java.util.List;
import org.springframework.stereotype.Service;

/** How credentials are read (api-v2 8.3). */
@Service
class CredentialService {

    private final CredentialRepository credentials;
    private final DeclaredFields declared;
    private final AccessClient access;
    private final AuditTrail trail;

    CredentialService(
            CredentialRepository credentials, CredentialComponents components, AccessClient access, AuditTrail trail) {
        this.credentials = credentials;
        this.declared = new DeclaredFields(components);
        this.access = access;
        this.trail = trail;
    }

    FoundCredentials list(Caller caller, CredentialListing listing) {
        var grants = access.requireMember(caller, new Scope.Workspace(listing.workspaceId()));
        var found = credentials.list(listing);
        note(caller, grants, listing.workspaceId(), found.credentials());
        return new FoundCredentials(declared.shown(caller, grants, found.credentials()), found.cut(), found.total());
    }

    Credential get(Caller caller, String id) {
        var credential = visible(caller, id);
        var grants = access.requireMember(caller, new Scope.Workspace(credential.workspaceId()));
        note(caller, grants, credential.workspaceId(), List.of(credential));
        return declared.shown(caller, grants, List.of(credential)).getFirst();
    }

    /** Each credential that is shown unmasked is a secret read in clear (api-v2 11.8). */
    private void note(Caller caller, Grants grants, String workspaceId, List<Credential> shown) {
        if (grants.has(WORKSPACES_CREDENTIAL_EDIT)) {
            var secrets = shown.stream()
                    .filter(credential -> !credential.keys().isEmpty())
                    .map(Credential::id)
                    .toList();
            trail.readInClear(caller, "credential.read", grants, workspaceId, secrets);
        }
    }

    /** Whether a credential of that id exists in the caller's tenant. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String id) {
        return credentials
                .find(id)
                .filter(credential -> caller.sees(credential.tenantId()))
                .isPresent();
    }

    /** The credential, for whoever may see its workspace. */
    Credential visible(Caller caller, String id) {
        return credentials
                .find(id)
                .filter(credential -> caller.sees(credential.tenantId()))
                .filter(credential -> access.find(caller, new Scope.Workspace(credential.workspaceId()))
                        .isPresent())
                .orElseThrow(() -> CredentialProblem.unknown(id).exception());
    }
}
