package dev.weft.workspace.credential;

import static dev.weft.common.access.Permission.WORKSPACES_CREDENTIAL_EDIT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.workspace.credentialfield.CredentialComponent;
import dev.weft.workspace.credentialfield.CredentialComponents;
import dev.weft.workspace.credentialfield.CredentialFields;
import dev.weft.workspace.credentialfield.CredentialKeys;
import dev.weft.workspace.credentialrecord.Credential;
import dev.weft.workspace.credentialrecord.CredentialRepository;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** How credentials are made, changed and deleted (api-v2 8.3). */
@Service
class CredentialChangeService {

    private static final int ATTEMPTS = 30;

    private final CredentialRepository credentials;
    private final CredentialService reads;
    private final DeclaredFields declared;
    private final CredentialUses uses;
    private final CredentialFacts facts;
    private final AccessClient access;
    private final Ids ids;

    CredentialChangeService(
            CredentialRepository credentials,
            CredentialService reads,
            CredentialComponents components,
            CredentialUses uses,
            CredentialFacts facts,
            AccessClient access,
            Ids ids) {
        this.credentials = credentials;
        this.reads = reads;
        this.declared = new DeclaredFields(components);
        this.uses = uses;
        this.facts = facts;
        this.access = access;
        this.ids = ids;
    }

    /** @param document read only once the caller may make credentials in the workspace */
    Credential create(Caller caller, String workspaceId, Supplier<CredentialWish> document) {
        var scope = new Scope.Workspace(workspaceId);
        if (access.find(caller, scope).isEmpty()) {
            throw CredentialProblem.unknownWorkspace(workspaceId).exception();
        }
        var grants = access.require(caller, WORKSPACES_CREDENTIAL_EDIT, scope);
        var wish = document.get();
        var keys = wish.keys().orElseGet(CredentialKeys::none);
        var component = declared.usable(caller, workspaceId, wish, keys);
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

    private String nameFor(CredentialComponent component, String workspaceId) {
        return "Account for " + component.name() + " " + (credentials.count(workspaceId, component.id()) + 1);
    }

    /** @param document read only once the caller may change credentials there */
    Credential change(Caller caller, String id, Supplier<CredentialWish> document) {
        var present = reads.visible(caller, id);
        access.require(caller, WORKSPACES_CREDENTIAL_EDIT, new Scope.Workspace(present.workspaceId()));
        var wish = document.get();
        // Asked of component-registry only when there are keys to check: a new name must be possible while it is away.
        var fields = wish.keys().isPresent() ? declared.of(caller, present) : CredentialFields.none();
        wish.keys().ifPresent(sent -> fields.check(fields.restore(sent, present.keys()), wish.faults()));
        wish.faults().orThrow();
        return save(caller, id, current -> {
            // Restored from the keys as they are when it is saved: a secret that another change has set meanwhile stays
            // set.
            var restored = wish.keys().map(sent -> fields.restore(sent, current.keys()));
            restored.ifPresent(fields::require);
            var keys = restored.orElse(current.keys());
            return current.with(wish.name().orElse(current.name()), keys);
        });
    }

    private Credential save(Caller caller, String id, Function<Credential, Credential> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var changed = decision.apply(reads.visible(caller, id));
            if (credentials.save(changed, facts.updated(changed, caller.id()))) {
                return changed.next();
            }
        }
        throw CredentialProblem.changedByMany().exception();
    }

    /** Refused while the latest version of any flow uses it. */
    void delete(Caller caller, String id) {
        var credential = reads.visible(caller, id);
        access.require(caller, WORKSPACES_CREDENTIAL_EDIT, new Scope.Workspace(credential.workspaceId()));
        // A flow that comes to use it between this answer and the deletion runs into a missing credential, and says so;
        // a lock over two services would be the price of excluding that.
        var flows = uses.flowsUsing(caller, id);
        if (!flows.isEmpty()) {
            throw CredentialProblem.inUse(flows).exception();
        }
        credentials.delete(id, facts.deleted(credential, caller.id()));
    }
}
