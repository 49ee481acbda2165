package dev.weft.workspace.credential;

import static dev.weft.common.access.Permission.WORKSPACES_CREDENTIAL_EDIT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.workspace.credential.CredentialRepository.CredentialListing;
import dev.weft.workspace.credentialfield.CredentialComponents;
import dev.weft.workspace.credentialfield.CredentialComponents.CredentialComponent;
import dev.weft.workspace.credentialfield.CredentialFields;
import dev.weft.workspace.credentialfield.CredentialKeys;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The use cases of credentials (api-v2 8.3). */
@Service
class CredentialService {

    /** Where credentials are used; flow-service knows it. */
    interface CredentialUses {

        /** The flows whose latest version uses the credential. */
        List<String> flowsUsing(Caller caller, String credentialId);
    }

    private static final int ATTEMPTS = 30;

    private final CredentialRepository credentials;
    private final CredentialComponents components;
    private final CredentialUses uses;
    private final CredentialFacts facts;
    private final AccessClient access;
    private final Ids ids;

    CredentialService(
            CredentialRepository credentials,
            CredentialComponents components,
            CredentialUses uses,
            CredentialFacts facts,
            AccessClient access,
            Ids ids) {
        this.credentials = credentials;
        this.components = components;
        this.uses = uses;
        this.facts = facts;
        this.access = access;
        this.ids = ids;
    }

    Credential create(Caller caller, CredentialRequest request) {
        var workspaceId = request.workspaceId();
        var scope = new Scope.Workspace(workspaceId);
        if (access.find(caller, scope).isEmpty()) {
            throw CredentialProblem.unknownWorkspace(workspaceId).exception();
        }
        var grants = access.require(caller, WORKSPACES_CREDENTIAL_EDIT, scope);
        var wish = request.creation(id -> credentials
                .find(id)
                .filter(existing -> caller.sees(existing.tenantId()))
                .isPresent());
        var component = usable(caller, wish.componentId(), workspaceId);
        var keys = wish.keys().orElseGet(CredentialKeys::none);
        wish.check(keys, component.fields());
        var name = wish.name().orElseGet(() -> nameFor(component, workspaceId));
        var credential = new Credential(
                ids.next(),
                grants.tenantId(),
                Objects.requireNonNull(grants.contractId()),
                workspaceId,
                component.id(),
                caller.id(),
                name,
                keys,
                0);
        credentials.insert(credential);
        if (access.find(caller, scope).isEmpty()) {
            // Deleted meanwhile: what was in it then is gone, and this would be left.
            credentials.deleteAllOf(workspaceId);
            throw CredentialProblem.unknownWorkspace(workspaceId).exception();
        }
        return credential;
    }

    private CredentialComponent usable(Caller caller, String componentId, String workspaceId) {
        var component = components
                .find(caller, componentId, workspaceId)
                .orElseThrow(
                        () -> CredentialProblem.unknownComponent(componentId).exception());
        if (!component.usable()) {
            throw CredentialProblem.unusable().exception();
        }
        return component;
    }

    private String nameFor(CredentialComponent component, String workspaceId) {
        return "Account for " + component.name() + " " + (credentials.count(workspaceId, component.id()) + 1);
    }

    CredentialRepository.Found list(Caller caller, CredentialListing listing) {
        var grants = access.requireMember(caller, new Scope.Workspace(listing.workspaceId()));
        var found = credentials.list(listing);
        return new CredentialRepository.Found(shown(caller, grants, found.credentials()), found.cut(), found.total());
    }

    Credential get(Caller caller, String id) {
        var credential = visible(caller, id);
        var grants = access.requireMember(caller, new Scope.Workspace(credential.workspaceId()));
        return shown(caller, grants, List.of(credential)).getFirst();
    }

    /** As the caller may see them: those who may not change credentials see their secrets masked. */
    private List<Credential> shown(Caller caller, Grants grants, List<Credential> found) {
        if (grants.has(WORKSPACES_CREDENTIAL_EDIT)) {
            return found;
        }
        var fields = new HashMap<String, CredentialFields>();
        return found.stream()
                .map(credential -> credential.with(
                        credential.name(),
                        fields.computeIfAbsent(credential.componentId(), _ -> fieldsOf(caller, credential))
                                .mask(credential.keys())))
                .toList();
    }

    /** Of a component that is gone nothing is declared: then all is masked and nothing checked. */
    private CredentialFields fieldsOf(Caller caller, Credential credential) {
        return components
                .find(caller, credential.componentId(), credential.workspaceId())
                .map(CredentialComponent::fields)
                .orElseGet(CredentialFields::none);
    }

    Credential change(Caller caller, String id, CredentialRequest request) {
        var present = visible(caller, id);
        access.require(caller, WORKSPACES_CREDENTIAL_EDIT, new Scope.Workspace(present.workspaceId()));
        var wish = request.change(id);
        // Asked of component-registry only when there are keys to check: a new name must be possible while it is away.
        var fields = wish.keys().isPresent() ? fieldsOf(caller, present) : CredentialFields.none();
        return save(caller, id, current -> {
            var keys = wish.keys()
                    // Restored from the keys as they are when it is saved: a secret that another change has set
                    // meanwhile stays set.
                    .map(sent -> fields.restore(sent, current.keys()))
                    .orElse(current.keys());
            wish.check(keys, fields);
            return current.with(wish.name().orElse(current.name()), keys);
        });
    }

    private Credential save(Caller caller, String id, Function<Credential, Credential> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var changed = decision.apply(visible(caller, id));
            if (credentials.save(changed, facts.updated(changed, caller.id()))) {
                return changed.next();
            }
        }
        throw CredentialProblem.changedByMany().exception();
    }

    /** Refused while the latest version of any flow uses it. */
    void delete(Caller caller, String id) {
        var credential = visible(caller, id);
        access.require(caller, WORKSPACES_CREDENTIAL_EDIT, new Scope.Workspace(credential.workspaceId()));
        // A flow that comes to use it between this answer and the deletion runs into a missing credential, and says so;
        // a lock over two services would be the price of excluding that.
        var flows = uses.flowsUsing(caller, id);
        if (!flows.isEmpty()) {
            throw CredentialProblem.inUse(flows).exception();
        }
        credentials.delete(id, facts.deleted(credential, caller.id()));
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
                .collect(Collectors.toMap(
                        CredentialRepository.Reference::id, CredentialRepository.Reference::componentId));
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
                            fields.computeIfAbsent(credential.componentId(), _ -> fieldsOf(caller, credential))
                                    .lackedBy(credential.keys())));
        }
        return lacks;
    }

    @OpenToAll("an effect of the deletion of the workspace, which was permitted")
    void deleteAllOf(String workspaceId) {
        credentials.deleteAllOf(workspaceId);
    }

    @OpenToAll("an effect of the removal of a member, which was permitted")
    void passOn(String workspaceId, String userId, String heirId, Instant left) {
        credentials.passOn(workspaceId, userId, heirId, left);
    }

    private Credential visible(Caller caller, String id) {
        return credentials
                .find(id)
                .filter(credential -> caller.sees(credential.tenantId()))
                .filter(credential -> access.find(caller, new Scope.Workspace(credential.workspaceId()))
                        .isPresent())
                .orElseThrow(() -> CredentialProblem.unknown(id).exception());
    }
}
