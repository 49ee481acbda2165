package dev.weft.workspace.credential;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
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

    CredentialService(CredentialRepository credentials, CredentialComponents components, AccessClient access) {
        this.credentials = credentials;
        this.declared = new DeclaredFields(components);
        this.access = access;
    }

    FoundCredentials list(Caller caller, CredentialListing listing) {
        var grants = access.requireMember(caller, new Scope.Workspace(listing.workspaceId()));
        var found = credentials.list(listing);
        return new FoundCredentials(declared.shown(caller, grants, found.credentials()), found.cut(), found.total());
    }

    Credential get(Caller caller, String id) {
        var credential = visible(caller, id);
        var grants = access.requireMember(caller, new Scope.Workspace(credential.workspaceId()));
        return declared.shown(caller, grants, List.of(credential)).getFirst();
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
