package dev.weft.workspace.permission;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Permission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From roles to permissions (api-v2 3.1). A role held in an object counts there and in everything below it; permissions
 * add up. A role of a contract makes nobody a member of its workspaces, and who has left the contract is in none of them,
 * even while that is still to be written down.
 */
final class GrantRules {

    private final RoleBook book;

    GrantRules(RoleBook book) {
        this.book = book;
    }

    /** Empty when the tenant is not the caller's. */
    Optional<Grants> inTenant(Caller caller, String tenantId) {
        if (!caller.sees(tenantId)) {
            return Optional.empty();
        }
        var member = caller.kind() != Caller.Kind.SERVICE_ACCOUNT;
        var policy = policyFor(caller, tenantId);
        return Optional.of(new Grants(tenantId, null, null, member, ofCaller(caller, policy), policy.edition()));
    }

    /** Empty when the contract is another tenant's. */
    Optional<Grants> inContract(Caller caller, ContractStanding contract) {
        return in(caller, contract, null);
    }

    /** Empty when the workspace is another tenant's. */
    Optional<Grants> inWorkspace(Caller caller, WorkspaceStanding workspace, ContractStanding contract) {
        return in(caller, contract, workspace);
    }

    private Optional<Grants> in(Caller caller, ContractStanding contract, @Nullable WorkspaceStanding workspace) {
        var tenantId = contract.tenantId();
        // Empty and not "nothing granted": who is of another tenant must get 404, since 403 would say that it exists.
        if (!caller.sees(tenantId)) {
            return Optional.empty();
        }
        var policy = policyFor(caller, tenantId);
        var permissions = ofCaller(caller, policy);
        var member = caller.isService();
        if (caller.kind() == Caller.Kind.USER) {
            permissions.addAll(ofRoles(policy, RoleName.CONTRACTS, contract.roles()));
            member = contract.member();
            if (workspace != null) {
                // Leaving a contract ends memberships of its workspaces by an event, which may come late: until then
                // the workspace still names who has left.
                member = contract.member() && workspace.member();
                if (member) {
                    permissions.addAll(ofRoles(policy, RoleName.WORKSPACES, workspace.roles()));
                }
            }
        }
        return Optional.of(
                new Grants(tenantId, contract.contractId(), contract.status(), member, permissions, policy.edition()));
    }

    /** Only users hold roles: what services and service accounts may does not wait for a policy. */
    private Policy policyFor(Caller caller, String tenantId) {
        if (caller.kind() != Caller.Kind.USER) {
            return Policy.NONE;
        }
        var roles = book.of(tenantId);
        return new Policy(roles.edition(), roles.roles());
    }

    /** The policy that grants follow from; of no edition when they follow from none. */
    private record Policy(@Nullable Long edition, List<Role> roles) {

        static final Policy NONE = new Policy(null, List.of());
    }

    /** What the caller holds everywhere in the tenant. */
    private static Set<String> ofCaller(Caller caller, Policy policy) {
        return switch (caller.kind()) {
            case SERVICE -> wire(_ -> true);
            case SERVICE_ACCOUNT ->
                wire(permission -> permission.holder() == Permission.Holder.TENANT_ADMIN
                        || permission.holder() == Permission.Holder.SERVICE);
            case USER -> ofRoles(policy, "tenants", caller.tenantRoles());
            // The families that take machine keys have roles of their own for them; in the platform API they are
            // nobody.
            case MACHINE_KEY -> new TreeSet<>();
        };
    }

    private static Set<String> ofRoles(Policy policy, String scope, List<String> held) {
        // Roles of the same name are in both scopes, with other permissions.
        var permissions = new TreeSet<String>();
        for (var role : policy.roles()) {
            if (role.scope().equals(scope) && held.contains(role.role())) {
                role.permissions().forEach(permission -> permissions.add(spelled(permission, scope)));
            }
        }
        return permissions;
    }

    /**
     * A {@code global.} permission counts in the scope where its role is held: {@code global.auth_clients.get} of a
     * workspace role is {@code workspaces.auth_clients.get}. Where no such spelling exists, the name stays.
     */
    private static String spelled(Permission permission, String scope) {
        if (!permission.scope().equals("global")) {
            return permission.wire();
        }
        var scoped = scope + permission.wire().substring("global".length());
        return Permission.find(scoped).isPresent() ? scoped : permission.wire();
    }

    private static Set<String> wire(Predicate<Permission> wanted) {
        var permissions = new TreeSet<String>();
        Stream.of(Permission.values()).filter(wanted).map(Permission::wire).forEach(permissions::add);
        return permissions;
    }
}
