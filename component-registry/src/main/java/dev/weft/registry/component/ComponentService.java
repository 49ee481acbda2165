package dev.weft.registry.component;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.registry.catalogue.BuiltInCatalogue;
import dev.weft.registry.catalogue.BuiltInComponent;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Which components a caller sees and where; built-in ones are global, so everyone does. */
@Service
class ComponentService {

    private final BuiltInCatalogue catalogue;
    private final AccessClient access;

    ComponentService(BuiltInCatalogue catalogue, AccessClient access) {
        this.catalogue = catalogue;
        this.access = access;
    }

    /** Those usable in a contract: its own ones ({@code private}), those of others ({@code public}), or all. */
    List<BuiltInComponent> listOfContract(Caller caller, String contractId, ComponentSelection selection) {
        access.requireMember(caller, new Scope.Contract(contractId));
        // Teams can not publish components yet, so a contract has none of its own.
        return selection == ComponentSelection.PRIVATE
                ? List.of()
                : catalogue.all().toList();
    }

    List<BuiltInComponent> listOfWorkspace(Caller caller, String workspaceId) {
        access.requireMember(caller, new Scope.Workspace(workspaceId));
        return catalogue.all().toList();
    }

    /** All of a tenant with the global ones, or, for a contract, those usable there. */
    List<BuiltInComponent> listAll(Caller caller, Optional<String> tenantId, Optional<String> contractId) {
        var tenant = tenantId.or(() -> Optional.ofNullable(caller.tenantId()));
        if (tenant.isPresent()) {
            access.requireToRead(caller, Permission.TENANTS_COMPONENT_LIST_ALL, new Scope.Tenant(tenant.get()));
        } else if (!caller.isServiceAccount()) {
            throw Problem.forbidden(Permission.TENANTS_COMPONENT_LIST_ALL.wire())
                    .exception();
        }
        contractId.ifPresent(
                id -> access.requireToRead(caller, Permission.TENANTS_COMPONENT_LIST_ALL, new Scope.Contract(id)));
        return catalogue.all().toList();
    }

    @OpenToAll("built-in components are global")
    BuiltInComponent get(String id) {
        return catalogue
                .find(id)
                .orElseThrow(() -> Problem.notFound("component", id).exception());
    }

    BuiltInComponent getOfWorkspace(Caller caller, String workspaceId, String id) {
        access.requireMember(caller, new Scope.Workspace(workspaceId));
        return get(id);
    }

    /** Ids of the components that teams of the contract own: none, as long as all components are built in. */
    @OpenToAll("asked by workspace-service, which has checked what the caller may do with the contract")
    List<String> ownedBy(String contractId) {
        return List.of();
    }

    /** A version by its revision, its number or {@code latest}. */
    @OpenToAll("built-in components are global")
    BuiltInComponent getVersion(String id, String version) {
        var component = get(id);
        if (version.equals("latest")
                || version.equals(component.revision())
                || version.equals(Integer.toString(BuiltInComponent.VERSION_NUMBER))) {
            return component;
        }
        throw Problem.notFound("version", version).exception();
    }

    @OpenToAll("built-in components are global")
    BuiltInComponent getRevision(String revision) {
        return catalogue
                .findByRevision(revision)
                .orElseThrow(() -> Problem.notFound("version", revision).exception());
    }

    /** Nobody changes what comes with the release. */
    @OpenToAll("it refuses everyone")
    void refuseChange(String id) {
        var component = get(id);
        throw Problem.of(ProblemCode.FORBIDDEN, "The built-in component " + component.name() + " can not be changed.")
                .exception();
    }
}
