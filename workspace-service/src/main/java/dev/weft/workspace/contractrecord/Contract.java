package dev.weft.workspace.contractrecord;

import dev.weft.workspace.membership.Members;
import dev.weft.workspace.permission.RoleName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a tenant closes with a customer: the owner of workspaces and teams, with its members and the roles they may have
 * (api-v2 5.1).
 *
 * @param availableRoles the roles usable in it; empty means all of the tenant
 * @param settings       what a client may set beside name and roles
 * @param suspension     the revision that began its last suspension, 0 before the first; news about another one is void
 * @param revision       counts the changes; a change holds only on the revision it was decided on
 */
public record Contract(
        String id,
        String tenantId,
        String name,
        ContractStatus status,
        List<RoleName> availableRoles,
        ContractSettings settings,
        Members members,
        long suspension,
        long revision) {

    public static Contract open(String id, String tenantId, String name) {
        return new Contract(
                id, tenantId, name, ContractStatus.ACTIVE, List.of(), ContractSettings.none(), Members.none(), 0, 0);
    }

    /** Applies a request: what it does not name stays. */
    public Contract with(ContractChange change) {
        var roles = change.availableRoles();
        return new Contract(
                id,
                tenantId,
                change.name() == null ? name : change.name(),
                status,
                roles == null ? availableRoles : withOwners(roles),
                settings.with(change),
                members,
                suspension,
                revision);
    }

    public Contract with(Members others) {
        return new Contract(id, tenantId, name, status, availableRoles, settings, others, suspension, revision);
    }

    /** With what a request has changed as it was before, except what has been changed again since. */
    public Contract withoutChange(Contract before, Contract after) {
        return new Contract(
                id,
                tenantId,
                name.equals(after.name) ? before.name : name,
                status,
                availableRoles.equals(after.availableRoles) ? before.availableRoles : availableRoles,
                settings.withoutChange(before.settings, after.settings),
                members,
                suspension,
                revision);
    }

    public Contract with(ContractStatus other) {
        return new Contract(id, tenantId, name, other, availableRoles, settings, members, suspension, revision);
    }

    /** Being suspended from now on. */
    public Contract suspend() {
        return new Contract(
                id,
                tenantId,
                name,
                ContractStatus.SUSPENDING,
                availableRoles,
                settings,
                members,
                revision + 1,
                revision);
    }

    Contract next() {
        return new Contract(id, tenantId, name, status, availableRoles, settings, members, suspension, revision + 1);
    }

    public boolean isActive() {
        return status == ContractStatus.ACTIVE;
    }

    /** Both owner roles can not be withheld: a list that names any role names them too (api-v2 3.4). */
    private static List<RoleName> withOwners(List<RoleName> roles) {
        if (roles.isEmpty()) {
            return roles;
        }
        var all = new LinkedHashSet<>(roles);
        all.add(RoleName.ofContract("owner"));
        all.add(RoleName.ofWorkspace("owner"));
        return new ArrayList<>(all);
    }

    /** Whether the role may be used in this contract. */
    public boolean allows(RoleName role) {
        return availableRoles.isEmpty() || availableRoles.contains(role);
    }
}
