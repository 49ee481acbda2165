package dev.weft.workspace.credential;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.workspace.credentialfield.CredentialComponents;
import dev.weft.workspace.credentialfield.CredentialFields;
import dev.weft.workspace.credentialrecord.Credential;
import dev.weft.workspace.credentialrecord.CredentialReference;
import dev.weft.workspace.credentialrecord.CredentialRepository;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** What other services and other features do with credentials. */
@Service
class InternalCredentialService {

    private final CredentialRepository credentials;
    private final WorkspaceRepository workspaces;
    private final DeclaredFields declared;

    InternalCredentialService(
            CredentialRepository credentials, WorkspaceRepository workspaces, CredentialComponents components) {
        this.credentials = credentials;
        this.workspaces = workspaces;
        this.declared = new DeclaredFields(components);
    }

    /** The credential with its values, for a service that runs a step. */
    @OpenToAll("services only, which hold every permission")
    Credential handOut(Caller caller, String id) {
        if (!caller.isService()) {
            throw CredentialProblem.forServicesOnly().exception();
        }
        return credentials
                .find(id)
                .orElseThrow(() -> CredentialProblem.unknown(id).exception());
    }

    /** Of which component each of the credentials is, by id; those that the workspace does not have are left out. */
    @OpenToAll("asked by flow-service, which has checked what the caller may do in the workspace")
    Map<String, String> componentsOf(Caller caller, String workspaceId, List<String> ids) {
        return credentials.references(workspaceId, ids).stream()
                .filter(credential -> caller.sees(credential.tenantId()))
                .collect(Collectors.toMap(CredentialReference::id, CredentialReference::componentId));
    }

    /**
     * What each of the credentials lacks for a flow to run with it, by id; those that the workspace does not have are left
     * out. They are unlocked one at a time: a flow may use a thousand.
     */
    @OpenToAll("asked by flow-service, which has checked what the caller may do in the workspace")
    Map<String, List<String>> lackedBy(Caller caller, String workspaceId, List<String> ids) {
        var fields = new HashMap<String, CredentialFields>();
        var lacks = new HashMap<String, List<String>>();
        for (var id : ids) {
            credentials
                    .find(id)
                    .filter(credential -> caller.sees(credential.tenantId()))
                    .filter(credential -> credential.workspaceId().equals(workspaceId))
                    .ifPresent(credential -> lacks.put(
                            id,
                            fields.computeIfAbsent(credential.componentId(), _ -> declared.of(caller, credential))
                                    .lackedBy(credential.keys())));
        }
        return lacks;
    }

    /** To the heir, or to whom the heir's own have passed if that one has left too, and the fact of it was faster. */
    @OpenToAll("an effect of the removal of a member, which was permitted")
    void passOn(String workspaceId, String userId, String heirId, Instant left) {
        var from = userId;
        var to = heirId;
        while (!from.equals(to)) {
            credentials.passOn(workspaceId, from, to, left);
            from = to;
            // Asked after the change: who leaves from now on finds the credentials, whoever is faster.
            to = ownerInPlaceOf(to, workspaceId);
        }
    }

    private String ownerInPlaceOf(String userId, String workspaceId) {
        return workspaces
                .find(workspaceId)
                .flatMap(workspace -> workspace.members().ownerInPlaceOf(userId))
                .orElse(userId);
    }
}
