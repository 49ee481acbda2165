package dev.weft.workspace.credential;

import static dev.weft.common.access.Permission.WORKSPACES_CREDENTIAL_EDIT;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.workspace.credentialfield.CredentialComponent;
import dev.weft.workspace.credentialfield.CredentialComponents;
import dev.weft.workspace.credentialfield.CredentialFields;
import dev.weft.workspace.credentialfield.CredentialKeys;
import dev.weft.workspace.credentialrecord.Credential;
import java.util.HashMap;
import java.util.List;

/** What the components of credentials declare of their keys. */
record DeclaredFields(CredentialComponents components) {

    /**
     * The component that is wished for, when it can be used in the workspace. Faults of the request refuse it first, those
     * of its keys among them, as far as the component tells what these must be like (api-v2 1.3).
     */
    CredentialComponent usable(Caller caller, String workspaceId, CredentialWish wish, CredentialKeys keys) {
        var found = wish.componentId().flatMap(id -> components.find(caller, id, workspaceId));
        found.filter(CredentialComponent::usable)
                .ifPresent(component -> component.fields().check(keys, wish.faults()));
        wish.faults().orThrow();
        var component = found.orElseThrow(
                () -> CredentialProblem.unknownComponent(wish.componentId().orElse(""))
                        .exception());
        if (!component.usable()) {
            throw CredentialProblem.unusable().exception();
        }
        return component;
    }

    /** As the caller may see them: those who may not change credentials see their secrets masked. */
    List<Credential> shown(Caller caller, Grants grants, List<Credential> found) {
        if (grants.has(WORKSPACES_CREDENTIAL_EDIT)) {
            return found;
        }
        var fields = new HashMap<String, CredentialFields>();
        return found.stream()
                .map(credential -> credential.with(
                        credential.name(),
                        fields.computeIfAbsent(credential.componentId(), _ -> of(caller, credential))
                                .mask(credential.keys())))
                .toList();
    }

    /** Of a component that is gone nothing is declared: then all is masked and nothing checked. */
    CredentialFields of(Caller caller, Credential credential) {
        return components
                .find(caller, credential.componentId(), credential.workspaceId())
                .map(CredentialComponent::fields)
                .orElseGet(CredentialFields::none);
    }
}
